"""Common English-language given names by gender, for "he" and "she" where no title tells.

The names are those most frequent in the United States over the last century (Social Security
Administration, public domain); names given to both sexes in numbers and names of places are left out.
A miss costs nothing: a person of unknown gender stays a candidate for every pronoun.
"""

from __future__ import annotations

from claimtrack.speakers.names import Gender, canonical_given, name_words, word_set

_MALE = word_set(
    """aaron abdul abraham adam ahmed alan albert alexander alexei ali andrew anthony arthur benjamin
    bernard bernie bill bob bobby boris brandon brian bruce carl charles christopher chuck craig
    daniel dave david dennis dmitry donald doug douglas edward emmanuel eric eugene frank fred gary
    george gerald greg gregory harold harry hassan henry hugo hussein ian igor ivan jack jacob james
    jason jeff jeffrey jeremy jerry jim jimmy joe john jonathan jose joseph joshua juan justin keith
    kenneth kevin larry lawrence louis luis marco mark markus matthew michael mike mitch mohamed
    mohammad mohammed nathan nicholas nick omar oscar patrick paul peter philip phillip rafael ralph
    ray raymond richard rick robert roger ron ronald roy russell sam samuel sanjay scott sean sergei
    sergey stephen steve steven ted terry thomas tim timothy tom tony victor vincent vladimir walter
    wayne william yuri yusuf zachary jeb newt barack rudy rand karl hans klaus pierre jacques
    antonio carlos diego fernando pedro pablo giovanni luca matteo sven lars olaf anders"""
)
_FEMALE = word_set(
    """abigail aisha alice alicia amanda amy andrea angela anita ann anna anne annie april barbara
    betty brenda carly carol caroline catherine cheryl christina christine claire cynthia deborah
    debra denise diana diane donna dorothy elena elizabeth ellen emily emma fatima frances gloria
    grace hannah heather helen hillary huma ingrid irene isabel jacqueline jane janet janice jean
    jennifer jessica joan joyce judith judy julia julie karen katherine kathleen kathryn kellyanne
    kimberly kirsten laura lauren linda lisa loretta louise margaret maria marie marilyn
    martha mary megan melania melissa michelle monica nancy natalia natalie nicole nikki olga olivia
    pamela patricia rachel rebecca rosa rose ruth samantha sandra sara sarah sharon shirley sofia
    sonia stephanie susan tatiana teresa theresa ursula valerie vanessa veronica
    wendy yasmin zainab ivanka ines lucia carmen pilar giulia chiara greta astrid freya sigrid
    angelina beatrice eleanor"""
)


def gender_of_name(name: str) -> Gender | None:
    """The gender that the given name shows, or None."""
    words = name_words(name)
    if len(words) < 2:
        return None
    given = {words[0], canonical_given(words[0])}
    if given & _MALE:
        return Gender.MALE
    return Gender.FEMALE if given & _FEMALE else None
