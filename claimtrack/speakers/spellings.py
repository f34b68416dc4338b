"""One word, many spellings: nicknames and the ways in which names come over from other scripts.

The rules are narrow on purpose: each stands for spellings that news agencies are known to use side by side
for one person, and none of them brings two names together that are both in use ("Hasan" and "Hussein",
"Jamal" and "Jamil", "Smith" and "Smyth" stay apart).  Words come in folded: no case, no accents.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Each line is one given name in its spellings, the first one standing for all.
_SPELLINGS = """
muhammad mohammed mohammad mohamed mohamad muhammed mohammod muhamad mohd
ahmad ahmed
mahmud mahmoud mahmood
hamid hameed
hasan hassan
hussein hussain husain hosein hossein hussayn hussien husayn
mustafa mostafa moustafa mustapha moustapha
yusuf youssef yousef yusef youssouf yousuf yousaf yousif
ibrahim ebrahim ibraheem
khalid khaled
rashid rasheed rachid
said saeed saeid sayeed
umar omar omer
usama osama
uthman othman osman
nasir nasser naser
muammar moammar moamer muamar
qaddafi gaddafi gadhafi gadafi kadafi kaddafi qadhafi qadafi khadafy ghaddafi gheddafi
abdullah abdallah abdulla abdalla
aisha ayesha aysha
fatima fatimah fatma
zainab zeinab zaynab zeynab
walid waleed oualid
tariq tarek tarik tareq
faisal feisal faysal faysel
sulayman suleiman sulaiman soleiman
musa moussa mousa moosa
isa issa eissa
mahdi mehdi
javad jawad
husni hosni
nuri nouri
zawahiri zawahri
baghdadi
bashar bachar
maliki
dmitri dmitry dmitriy dmitrii dmitrij dimitri dimitry
sergei sergey sergej serguei
alexei alexey aleksei aleksey alexej
andrei andrey andrej
yuri yury yuriy yurii iouri
vitali vitaly vitaliy vitalii
anatoli anatoly anatoliy anatolii
vasili vasily vasiliy vasilii vassily vassili
grigori grigory grigoriy grigorii
gennadi gennady gennadiy gennadii
valeri valery valeriy valerii
yevgeni yevgeny evgeny evgeni yevgeniy evgeniy yevgenii evgenii
georgi georgy georgiy georgii
arkadi arkady arkadiy arkadii
alexander aleksandr alexandr aleksander
alexandra aleksandra
mikhail mikhael mihail michail
nikolai nikolay nikolaj
serhiy serhii sergiy sergii
oleksiy oleksii
andriy andrii
volodymyr volodimir
ilya ilia
yulia yuliya iulia
natalia nataliya natalya nataliia
tatiana tatyana tatjana
maria mariya mariia
viktor victor
""".strip()
_FIRST_OF = {word: line.split()[0] for line in _SPELLINGS.splitlines() for word in line.split()}

# The names that a short form may stand for; a short form of several is a namesake of each.
_NICKNAMES = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """
abe abraham
al albert alan alfred alexander
alex alexander alexandra alexis
andy andrew
barb barbara
ben benjamin
bernie bernard
bert albert herbert robert
beth elizabeth
betsy elizabeth
betty elizabeth
bill william
billy william
bob robert
bobby robert
brad bradley
cathy catherine
charlie charles
chris christopher christine christina
chuck charles
cindy cynthia
dan daniel
danny daniel
dave david
deb deborah debra
debbie deborah debra
dick richard
don donald
donny donald
doug douglas
drew andrew
ed edward edwin edmund
eddie edward edwin
ernie ernest
frank francis franklin
fred frederick alfred
gabe gabriel
gene eugene
gerry gerald gerard
ginny virginia
greg gregory
hank henry
harry henry harold
herb herbert
jack john
jake jacob
jay james
jeff jeffrey geoffrey
jen jennifer
jenny jennifer
jerry gerald jerome
jim james
jimmy james
joe joseph
joey joseph
johnny john
jon jonathan
josh joshua
kate katherine catherine
kathy katherine kathleen
katie katherine catherine
ken kenneth
kim kimberly
larry lawrence
leo leonard
les leslie lester
liz elizabeth
lou louis
maggie margaret
marge margaret
marty martin
matt matthew
max maxwell maximilian
meg margaret
mel melvin
mick michael
mickey michael
mike michael
mitch mitchell
nate nathan nathaniel
ned edward
nick nicholas
norm norman
pam pamela
pat patrick patricia
patty patricia
peggy margaret
pete peter
phil philip
randy randall
ray raymond
rich richard
rick richard
rob robert
ron ronald
ronnie ronald
russ russell
sam samuel samantha
sandy sandra alexander
stan stanley
steve stephen
steven stephen
stu stuart
sue susan
ted edward theodore
terry terence theresa
tim timothy
tom thomas
tommy thomas
tony anthony
vicky victoria
vince vincent
wally walter
walt walter
wes wesley
will william
zach zachary
geoffrey jeffrey
jeffery jeffrey
phillip philip
katharine katherine
kathryn katherine
cathryn catherine
nicolas nicholas
frederic frederick
lawrence laurence
""".strip().splitlines()
}
_ABD = re.compile(r"abd(?:[aeu]l|oul|el|ur(?=r)|ar(?=r)|er(?=r)|us(?=s)|as(?=s))(?=.{3})")
_SKY = re.compile(r"sk(?:y|yy|iy|ii|ij|yi|yj|oi|oy)$")
# Elements that only names from Arabic have; with one of them the rules for Arabic spelling apply.
_ARABIC = _words(
    """muhammad ahmad mahmud hasan hussein mustafa yusuf ibrahim khalid rashid said umar usama uthman nasir
    muammar abdullah walid tariq faisal sulayman musa mahdi husni nuri ayman bashar saddam salman jamal jamil
    karim hamza bilal anwar abu bin ibn al el abdul ali ismail hisham haytham khalil samir munir"""
)


@lru_cache(maxsize=16384)
def spelled(word: str) -> str:
    """The spelling that stands for all spellings of one name's word ("zelenskyy" → "zelenski")."""
    return _FIRST_OF.get(word) or _SKY.sub("ski", word)


@lru_cache(maxsize=16384)
def spell(words: tuple[str, ...]) -> tuple[str, ...]:
    """The folded words of one name in the spelling that stands for all of them.

    "Abdel Rahman", "Abd al-Rahman" and "Abdurrahman" become one word; in a name from Arabic doubled letters
    count once, and q, ou, oo and ee are written k, u, u and i.
    """
    out = [spelled(word) for word in _join_abd(words)]
    if _ARABIC.isdisjoint(out) and not any(word.startswith("abdul") for word in out):
        return tuple(out)
    return tuple(spelled(w) if w in _FIRST_OF else _arabic(w) for w in out)


@lru_cache(maxsize=8192)
def given_forms(word: str) -> frozenset[str]:
    """What a given name may stand for: itself, and the full names of which it is short."""
    return frozenset((word, *_NICKNAMES.get(word, ())))


def canonical_given(word: str) -> str:
    """A nickname's commonest full form ("mike" → "michael"); any other word in its first spelling."""
    return _NICKNAMES.get(word, (spelled(word),))[0]


def _join_abd(words: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "abd" and len(rest) > 1 and len(rest[0]) == 2 and rest[0][0] in "aeu":
            word += rest.pop(0)  # "abd", "al" or the letter it turns into before "rahman"
        if re.fullmatch(r"abd(?:[aeu]l|[aeu][rs])", word) and rest:
            word = word[:4] + "l" + rest.pop(0)
        out.append(_ABD.sub("abdul", word) if len(word) > 7 else word)
    return out


def _arabic(word: str) -> str:
    word = word.replace("q", "k").replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("aa", "a")
    return re.sub(r"([b-df-hj-np-tv-z])\1+", r"\1", word)
