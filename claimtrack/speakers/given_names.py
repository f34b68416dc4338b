"""Common given names by gender, for "he" and "she" where no title tells.

The names are those most frequent in the United States over the last century (Social Security
Administration, public domain) and, gathered by hand, common ones of Europe, Latin America, the Arab world,
Iran, South Asia and Japan; names given to both sexes in numbers and most names of places are left out.
A miss costs nothing: a person of unknown gender stays a candidate for every pronoun.
"""

from __future__ import annotations

from claimtrack.speakers.names import Gender, name_words, word_set
from claimtrack.speakers.spellings import canonical_given

_MALE = word_set(
    """aage aaron abdallah abdel abdelaziz abdelrahman abdul abdullah abdulrahman abraham adam adel adnan
    adrian ahmed aidan ajay akira alain alan albert alberto aldo alejandro aleksandar aleksander aleksandr
    aleksei alessandro alexander alexandre alexei alfonso alfredo ali alistair allan alvaro amadou amir
    amit anatoly anders andre andreas andrei andrej andres andrew andrzej angus anil anthony anton antonio
    arash arjun arkady arne arnold arthur artur arturo ashok asif atsushi augusto aziz babak barack bart
    bartosz bashar bashir bastian bela benito benjamin benoit bernard bernd bernhard bernie bertil bill bjarne
    bjorn blaise bob bobby bogdan boris boubacar brad bradley brandon brendan brett brian bruce bryan
    burak cameron carl carlo carlos casimir cesar charles christoph christophe christopher christos chuck
    claude claudio clement clive cole colin connor cornelius craig cristian cristobal cyril dag daisuke
    damian damir dan daniel daniele danilo dariusz darren dave david davide davor deepak dennis derek
    desmond diego dieter dietrich dimitri dimitris dirk dmitri dmitriy dmitry dominic dominik donald doug
    douglas dragan duncan dusan dustin dwayne dylan eamon eberhard edgar eduardo edward edwin egon einar
    eli elias elliot emil emilio emir emmanuel emre enrico enrique erdem eric erich erik ernest ernesto
    erwin esteban etienne eugene evan evgeny ewan fabian fabio fabrizio fadi faisal farhad farid farouk
    federico felipe felix ferenc fergus fernand fernando filip finn florian francesco francisco franck
    francois frank franz fred frederic frederick frederik fredrik friedrich fritz fyodor gabor gabriel
    gareth gary gavin gennady geoff geoffrey georg george georges georgi georgios gerald gerard gerhard
    gert giacomo gianni giorgio giovanni giuseppe glenn gonzalo goran gordon graham greg gregory grigory
    guillaume guillermo gunnar gunther gus gustav gustavo hadi hakan hakim halil hamid hamza hans harald
    hari harold harry haruki hasan hassan hector heinrich heinz helmut henri henrik henry herbert herman
    hernan hideki hiroshi hisham horst howard hubert hugh hugo humberto hussein ian ibrahim ignacio igor
    ilya imran isamu ismail ivan ivar ivo jaap jacek jack jacob jacopo jacques jaime jakob jakub jamal
    james janos jared jaroslav jason javier jeb jeff jeffery jeffrey jens jeremiah jeremy jerome jerry
    jesper jim jimmy jiri joachim joao joaquin joe joel joerg johan johann johannes john johnathan jonas
    jonathan joost jorge jorgen jose josef josep joseph joshua juan juha julian julien julio junichi
    jurgen jussi justin kamal kareem karim karl karsten kazuo keir keith kemal kenji kenneth kenta kevin
    khaled khalid khalil klaus knut kofi konrad konstantin konstantinos kostas krishna kristian krzysztof
    kurt kwame lachlan lamine larry lars laszlo laurent lawrence lazar lech leif len lennart leon leonard
    leonardo leonid leopold leszek levi lewis lionel lorenz lorenzo lothar louie louis luc luca lucas
    luciano ludwig luigi luis lukas luke maciej magnus mahdi mahmoud mahmud makoto malcolm malik mamadou
    manfred manuel marc marcel marcelo marcin marco marcos marcus marek mariano mario marius mark marko
    markus martin marty marvin masahiro masato massimo mateo mateusz matias matteo matthew matthias matti
    maurice mauricio mauro max maxim maxime mehdi mehmet mervyn michael michal michel miguel mikael mike
    mikhail mikko mikolaj milan milos miroslav mitch mohamad mohamed mohammad mohammadreza mohammed mohsen
    moses mostafa moussa muhammad murad murat mustafa nabil nadir naoki naseem nasser nathan nathaniel
    navin nelson neville newt nicholas nick nico nicolas niels nigel nikita niklas nikola nikolai nikolaos
    nikolay nikos nils noah norbert norman nuno olaf ole oleg oleksandr oleksiy oliver olivier olli omar
    omer orhan oscar oskar osman ossi oswald otto owen pablo paolo parviz pascal patrice patrick paul
    pavel pawel pedro peer pekka percy petar pete peter petr petri petros petter philip philippe phillip
    pierre piet pieter piotr prakash predrag preston quentin radek rafael rafal raj rajesh ralf ralph
    ramesh ramiro ramon rand randall raoul rasmus raul ravi ray raymond reinhard reinhold rene reza
    ricardo riccardo richard rick ritchie robert roberto rodney rodolfo rodrigo roger roland romain roman
    ron ronald roy ruben rudolf rudy rufus rui rupert ruslan russell rustam saad saeed saleh salim salman
    sam sami samir samuel sander sanjay santiago satoshi scott sean sebastian sebastien sergei sergey
    sergio sergiy seth shane shaun shigeru shinzo siegfried sigmund sigurd simon slobodan soren spencer
    stan stanislav stanley stefan stefano stelios sten stepan stephane stephen steve steven stewart stig
    stuart sunil svein sven tadeusz takashi takeshi tamas taras tarik tariq taro ted teodor terence terry
    theo theodor theodore thierry thilo thomas thor thorsten tibor tim timo timothy tobias todd tom tomas
    tomasz tommaso tony tord torsten toshiro travis trevor trygve tyler uday ulf ulrich umar umberto uwe
    vaclav valentin valeri vasily vegard veli victor vijay vikram viktor ville vincent vincenzo vinod
    vitaly vito vlad vladimir vladislav vojtech volker volodymyr vyacheslav wade waldemar waleed walid
    walter warren wayne werner wilfried wilhelm willem william willy wladyslaw wojciech wolfgang wyatt
    xavier yahya yannick yannis yasser yasuo yevgeny yngve yoann yohannes youssef yuji yukio yuri yuriy
    yusuf yusuke yuto yves zachary zbigniew zdenek zoltan zoran"""
)
_FEMALE = word_set(
    """aaliyah abigail ada adela adele adriana agata agathe agnes agneta agnieszka aida aiko aila aino
    aisha akiko alba alejandra aleksandra alena alessandra alessia alexandra alexia alice alicia alison
    alma amalia amalie amanda amara ambika amelia amelie amina aminata amira amy ana anais anastasia
    andrea aneta ange angela angelica angelika angelina angelique anika anita anja anjali anke ann anna
    annabel anne anneke annelies annette annie annika anouk antje antonia anya april ariane arianna asma
    asta astri astrid asuka audrey aurelia aurelie aurora ayesha ayumi azadeh barbara barbora barbro beata
    beate beatrice beatriz bella benedicte bente berit bernadette bettina betty bianca birgit birgitta
    bozena brenda bridget brigid brigitta brigitte britt britta bronwyn camila camilla candice carin carla
    carlotta carly carmen carol carole caroline catarina caterina catherine cecile cecilia celeste celia
    celine chantal charlotte cheryl chiara chiyo chloe christa christel christiane christina christine
    claire clara clarissa claudia clementine colette colleen constance consuelo cora cordula corinna
    corinne cristina cynthia dagmar dagny daisy dalia daniela danielle daphne darya deborah debra deepika
    deirdre delia delphine denise diana diane dolores donna dora doreen doris dorota dorothea dorothee
    dorothy dunja ebba edith edna edwina eiko eileen ekaterina elaine eleanor elena eleni eleonora elif
    elin elina elisa elisabeth elise elizabeth elke ella elle ellen ellinor eloise elsa elsbeth elspeth
    elvira emiko emilia emilie emily emma emmanuelle enid erica erika erin esma esmeralda esperanza
    estelle esther etsuko eugenia eunice eva evelin eveline evelyn ewa fabienne fadwa faith fanny farah
    farida fatemeh fatima fatimah fatma fatou fatoumata federica felicity fernanda fiona flavia florence
    frances francesca francine francoise frauke frederike freya frida friederike fumiko gabriela gabriele
    gabriella gabrielle galina geeta genevieve georgia georgina geraldine gerda gertrud giovanna gisela
    giselle gitta giulia gloria golda grace graciela graziella greta gretchen grete gudrun gunilla gwen
    gwendolyn habiba hadiza haifa halima halina hana hanan hanna hannah hanne hannelore haruka hatice
    heather hedda hedwig heidi heike helen helena helene helga helle henrietta henriette hilary hilda
    hilde hildegard hillary hiroko huma ida ildiko ilona ilsa ilse imelda imogen indira ines inga ingeborg
    ingrid inna ioana irene irina iris irma isabel isabella isabelle ivana ivanka ivona jacinta jacqueline
    jadwiga jagoda jana jane janet janice janina jasmina jasmine jean jeanette jeanne jeannine jelena
    jenna jennifer jessica jill joan joanna joanne jocelyn johanna jolanta josefina josephine josie joyce
    juana juanita judit judith judy julia juliana juliane julie julieta juliette junko justyna jutta
    kaarina kaja kamala kamila karen karin karina karla karolina katarina katarzyna kateryna katharina
    katherine kathleen kathrin kathryn katja katrin katrine kavita kazuko keiko kellyanne kerstin khadija
    kimberly kinga kirsi kirsten kirstin kirsty klara konstanze kristen kristin kristina kristine krystyna
    laetitia lakshmi lara larissa latifa laura lauren lea leah leena leila lena lene leonie leonor leticia
    leyla lidia liesel lila lilian liliana lillian lilly linda linnea lisa lise livia ljubica lola lorena
    loretta lorna lorraine lotta lotte louisa louise lucia lucie lucille lucy ludmila ludmilla luisa luise
    lydia lynn lynne madeleine madeline magda magdalena maika maja malala malgorzata malika malin mandy
    manon manuela mara marcela marcella marcia mareike margaret margarete margaretha margarita margit
    margot margrethe margriet marguerite maria mariam mariama mariana marianna marianne maribel marie
    mariko marilyn marina marion marisa marit marjorie marketa marlene marta martha marthe martina mary
    masako mathilde matilda maureen maya mayumi meera megan melania melinda melissa mercedes meryem
    michaela michelle michiko mieko mildred milena mina mira miranda mireille miriam mirjam miroslava
    moira mona monica monika monique muriel myra myriam nadezhda nadia nadine nadja naima nancy nanette
    naoko naomi nasrin natacha natalia natalie natasha nathalie nawal nell nelly nicole nicoletta
    nicolette nikki nina noelle noemi nora norma noura nuria odile oksana olena olga olivia
    ophelia ornella ottilie paloma pamela paola patricia patrizia paula pauline penelope penny pernille
    petra philippa phyllis pia pilar polina polly priscilla priya rachel radhika raisa rana randi rania
    raquel rebeca rebecca regina renata renate renee rhonda rikke rita roberta rochelle romana romy rosa
    rosalie rosalind rosanna rosario rose rosemarie rosemary roxana roxane ruta ruth sabina sabine sabrina
    sadia saga sakura salma saloua samantha sandra sara sarah saskia satu selma serena shabnam sharon
    sheila shirin shirley sibylle sigrid sigrun silje silke silvia simona sinead siobhan sissel siv sofia
    solange soledad solveig sonia sonja soraya stacey stefania stefanie stella stephania stephanie sunita
    susan susana susanna susanne suzanne svetlana sybil sylvia sylvie tabitha tamar tamara tammy tania
    tanja tanya tara tatiana tatjana teresa tereza terezie thea thelma theodora theresa therese
    thora tiina tina tomoko tora tove traci tracy trine trude tuula tuuli ulla ulrika ulrike ursula
    valentina valeria valerie vanda vanessa vera verena veronica vesna vibeke victoria viktoria viola
    violet violeta virginia virginie vivian viviana viviane wanda wendy wilhelmina wilma winifred xiomara
    yael yana yasmin yelena yevgenia yoko yolanda yoshiko yuka yukiko yulia yumi yvette yvonne zahra
    zainab zaira zara zdenka zehra zeynep zoe zofia zohra zsofia zuzana"""
)


def is_common_given(word: str) -> bool:
    """Whether a given name, as spelled first, is among the common ones of either gender."""
    return word in _COMMON or canonical_given(word) in _COMMON


_COMMON = _MALE | _FEMALE


def gender_of_name(name: str) -> Gender | None:
    """The gender that the given name shows, or None."""
    words = name_words(name)
    return gender_of_given(words[0]) if len(words) > 1 else None


def gender_of_given(word: str) -> Gender | None:
    """The gender that a given name alone shows, or None."""
    given = {*name_words(word)[:1], *map(canonical_given, name_words(word)[:1])}
    if given & _MALE:
        return Gender.MALE
    return Gender.FEMALE if given & _FEMALE else None
