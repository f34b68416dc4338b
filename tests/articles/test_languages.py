import pytest

from claimtrack.articles.languages import find_language

FOREIGN = {
    "fr": "Le maire a déclaré mardi que la jetée rouvrira en juin, selon un communiqué publié par la ville.",
    "de": "Der Bürgermeister sagte am Dienstag, dass der Pier im Juni wieder öffnen werde, wie es hieß.",
    "es": "El alcalde dijo el martes que el muelle reabrirá en junio, según un comunicado del ayuntamiento.",
    "it": "Il sindaco ha detto martedì che il molo riaprirà a giugno, secondo una nota del comune.",
    "pt": "O prefeito disse na terça-feira que o cais será reaberto em junho, segundo um comunicado.",
    "nl": "De burgemeester zei dinsdag dat de pier in juni weer opengaat, zo bleek uit een verklaring.",
    "pl": "Burmistrz powiedział we wtorek, że molo zostanie ponownie otwarte w czerwcu tego roku.",
    "ru": "Пресс-секретарь президента Дмитрий Песков заявил, что John Smith из The New York Times ошибается. "
    "Об этом сообщает агентство ТАСС со ссылкой на источники в Москве.",
    "ar": "قال رئيس البلدية يوم الثلاثاء إن الرصيف سيعاد فتحه في يونيو، بحسب بيان صادر عن البلدية.",
    "ko": "시장은 화요일 부두가 6월에 다시 문을 열 것이라고 말했다. 노조는 이에 이의를 제기했다. "
    "시 대변인은 논평을 거부하며 이번 주 후반에 공식 성명을 발표하겠다고 밝혔다.",
    "ja": "市長は火曜日、桟橋が6月に再開されると述べた。労働組合はこれに異議を唱えている。"
    "市の報道官はコメントを拒否し、今週後半に正式な声明を発表すると述べた。",
}


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_languages_are_told(language: str) -> None:
    assert find_language(FOREIGN[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said on Tuesday that the pier will reopen in June, and that the union had been told so.",
        "Angela Merkel, Olaf Scholz and Frank-Walter Steinmeier said in Berlin that they would not go there.",
        "“Je ne regrette rien,” she said. “C’est la vie.” That was all that Édith Piaf said about it.",
        "Xi Jinping told Nguyễn Phú Trọng in Hà Nội that the two countries would build it after their talks.",
    ],
)
def test_foreign_names_and_quotations_in_english_texts(text: str) -> None:
    assert find_language(text) == "en"


@pytest.mark.parametrize("text", ["", "Bonjour le monde", "Jean-Claude Juncker, Donald Tusk", "12.5 %"])
def test_short_texts_are_not_judged(text: str) -> None:
    assert find_language(text) is None


def test_lists_of_names_are_not_taken_for_another_language() -> None:
    names = "Moon Jae-in, Kim Jong Un, Vladimir Putin, Dmitry Peskov, Abe Shinzo, Xi Jinping, Ban Ki-moon\n"
    assert find_language("Results of Tuesday's vote:\n" + names) in (None, "en")
