"""Glossaries: terms are found as Arabic writes them, come into the translation where that is possible, and are reported where not."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import SHARED
from tiny_models import FAMILIES, tiny_model

from translate.arabic.normalize import FOLD, normalize
from translate.arabic.terms import TermFinder
from translate.document import translate_documents
from translate.errors import ConfigError, InputError
from translate.glossary import Glossary, Term
from translate.glossary_file import read_glossary
from translate.layers import Layers
from translate.runtime.engine import Engine, Output, Progress
from translate.spec import Generation, Languages, Limits, ModelSpec
from translate.translator import ModelTranslator
from translate.types import ModelRef

# Names and institutions that occur often in the ANT corpus (a radio station in Sousse, Tunisia).
TUNISIA = """
تونس,Tunisia
سوسة,Sousse
صفاقس,Sfax
المهدية,Mahdia
القيروان,Kairouan
المنستير,Monastir
ليبيا,Libya
الجزائر,Algeria
مصر,Egypt
فرنسا,France
إيطاليا,Italy
الولايات المتحدة,United States
الأمم المتحدة,United Nations
الاتحاد الأوروبي,European Union
الجوهرة أف أم,Jawhara FM
وزارة الداخلية,Ministry of the Interior
وزارة الدفاع,Ministry of Defence
وزارة الصحة,Ministry of Health
وزارة المالية,Ministry of Finance
وزارة التربية,Ministry of Education
وزير الداخلية,Minister of the Interior
وزير الخارجية,Minister of Foreign Affairs
رئيس الحكومة,Head of Government
رئاسة الحكومة,Presidency of the Government
رئيس الجمهورية,President of the Republic
مجلس نواب الشعب,Assembly of the Representatives of the People
النيابة العمومية,Public Prosecution
الحرس الوطني,National Guard
الأمن الوطني,National Security
الشرطة العدلية,Judicial Police
النجم الساحلي,Étoile du Sahel
النادي الإفريقي,Club Africain
النادي الصفاقسي,CS Sfaxien
الترجي الرياضي,Espérance
لكرة القدم,football
يوسف الشاهد,Youssef Chahed
دونالد ترامب,Donald Trump
سلمى اللومي,Selma Elloumi
الاتحاد العام التونسي للشغل,UGTT
وكالة تونس إفريقيا للأنباء,TAP
الناطق الرسمي,spokesperson
الخطوط الجوية التونسية,Tunisair
البنك المركزي,Central Bank
صندوق النقد الدولي,International Monetary Fund
حركة النهضة,Ennahda Movement
نداء تونس,Nidaa Tounes
داعش,ISIS
المعهد الوطني للرصد الجوي,National Institute of Meteorology
المحكمة الابتدائية,Court of First Instance
وحدات عسكرية,military units
""".strip()


def glossary(lines: str) -> Glossary:
    return Glossary([Term(*line.split(",")) for line in lines.strip().splitlines()])


class Scripted:
    """An engine that makes its outputs by a function of the source, and remembers what it was asked."""

    def __init__(self, answer) -> None:
        self._answer, self.calls = answer, []

    def fits(self, text: str) -> bool:
        return len(text) < 2000

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        assert all(map(self.fits, texts))
        self.calls.append(list(texts))
        return [Output(self._answer(text), True) for text in texts]


def copied(text: str) -> str:
    """What a model does that copies Latin letters and writes a word for each Arabic one."""
    return re.sub(r"\w*[\u0621-\u06d3][\w\u064b-\u0652]*", "word", text)


def translator(terms: Glossary, engine: Engine) -> ModelTranslator:
    spec = ModelSpec(
        name="fake",
        task="translation",
        family="marian",
        repo="fake/fake",
        languages=Languages(source="ar", target="en"),
        limits=Limits(max_source_tokens=99, max_target_tokens=99),
    )
    layers = Layers(glossary=terms)
    return ModelTranslator(spec, ref=ModelRef("fake"), engine=layers.around_engine(engine, spec, None, "fake"), check=layers.check)


def missing(warnings: Sequence[str]) -> list[str]:
    return [warning for warning in warnings if warning.startswith("glossary")]


# ── finding ──


def found(terms: Sequence[str], text: str) -> list[str]:
    return [text[term.start : term.end] for term in TermFinder(terms).find(text)]


@pytest.mark.parametrize(
    "written",
    [
        *("البنك المركزي", "والبنك المركزي", "بالبنك المركزي", "فالبنك المركزي", "كالبنك المركزي", "للبنك المركزي", "وبالبنك المركزي"),
        *("ولِلْبَنْكِ المَرْكَزِيّ", "البنـــك المركزي", "البنك\u00a0المركزى", "\u202bالبنك المركزي\u202c", "ﺍﻟﺒﻨﻚ ﺍﻟﻤﺮﻛﺰﻱ"),
    ],
)
def test_a_term_with_the_article_is_found_behind_particles_and_in_any_spelling(written: str) -> None:
    assert found(["البنك المركزي"], f"قال {written}، أمس") == [written]


@pytest.mark.parametrize(
    ("term", "texts"),
    [
        ("بنك", ["بنك", "البنك", "وبنك", "لبنك", "للبنك", "كبنك", "فببنك", "وكالبنك"]),
        ("بنك مركزي", ["البنك المركزي", "بنك مركزي", "لبنك مركزي", "وللبنك المركزي"]),
        ("رئيس وزراء", ["رئيس الوزراء", "لرئيس وزراء", "ورئيس الوزراء"]),
        ("اللجنة", ["اللجنة", "للجنة", "وللجنة", "باللجنة", "واللجنه"]),
        ("لجنة", ["للجنة", "لجنة", "اللجنة", "ولجنة", "لجنتها", "بلجنته"]),
        ("الأمم المتحدة", ["للأمم المتحدة", "الامم المتحدة", "والأمم المتّحدة", "فللأُمم المتحده"]),
        ("شؤون", ["شؤون", "شئون", "الشؤون", "للشئون"]),
        ("أوباما", ["اوباما", "وأوباما", "لأوباما", "بأوباما"]),
        ("كوفيد-19", ["كوفيد-19", "كوفيد-١٩", "لكوفيد-19", "كوفيد - 19"]),
        ("شركة", ["شركة", "شركتها", "وشركته", "لشركتنا", "الشركه"]),
    ],
)
def test_a_term_is_found_with_what_is_written_onto_it(term: str, texts: list[str]) -> None:
    for text in texts:
        assert found([term], f"في {text}.") == [text]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("مصر", "المصري مصرف مصرفي ومصرع"),
        ("بنك", "بنوك البنوك بنكي بنكان"),
        ("الاتحاد الأوروبي", "اتحاد أوروبي"),
        ("البنك المركزي", "البنك، المركزي"),
        ("البنك المركزي", "البنك\nالمركزي"),
        ("علي", "على الطاولة، وعلى الأرض"),
        ("شركة", "الشركتان شركات شركتين"),
    ],
)
def test_nothing_is_found_inside_other_words_or_across_marks(term: str, text: str) -> None:
    assert found([term], text) == []


def test_a_name_that_is_nearly_a_function_word_must_be_spelled_as_listed() -> None:
    assert found(["علي"], "قال علي إن على علي أن يسافر إلى بيت وعليّ") == ["علي", "علي", "وعليّ"]


def test_the_longest_term_wins() -> None:
    terms = ["تونس", "نداء تونس", "البنك المركزي", "بنك", "البنك المركزي التونسي"]
    text = "في تونس قال نداء تونس للبنك المركزي التونسي ولبنك والبنك المركزي"
    assert found(terms, text) == ["تونس", "نداء تونس", "للبنك المركزي التونسي", "ولبنك", "والبنك المركزي"]


def test_particles_and_pronouns_stay_in_the_source_and_the_article_goes() -> None:
    terms = glossary("البنك المركزي,Central Bank\nشركة,company\nالأمم المتحدة,UN")
    text = "وقال للبنك المركزي إن بشركتها والأمم المتحدة، وللأمم المتحدة."
    replaced = terms.replaced(text, terms.terms)
    assert replaced == "وقال ل Central Bank إن ب company الخاصة بها و UN، ول UN."
    assert terms.replaced(text, terms.terms[2:], quote='"') == 'وقال للبنك المركزي إن بشركتها و "UN"، ول "UN".'


# ── checking ──


def test_english_terms_count_in_whole_words_in_any_case_and_as_often_as_in_the_source() -> None:
    terms = glossary("البنك المركزي,Central Bank\nبنك,bank\nتونس,Tunisia\nالخضراء,Tunisia")
    assert terms.check("قال البنك المركزي", "the CENTRAL  bank’s plan") == ()
    assert terms.check("قال البنك المركزي", "the central banks") == ('glossary: «البنك المركزي» → "Central Bank" could not be applied',)
    assert terms.check("قال البنك المركزي وبنك", "the Central Bank") == ('glossary: «بنك» → "bank" could not be applied',)
    assert terms.check("تونس وتونس", "Tunisia") == ('glossary: «تونس» → "Tunisia" was applied 1 of 2 times',)
    assert terms.check("تونس الخضراء", "Tunisia") == ('glossary: «الخضراء» → "Tunisia" could not be applied',)
    assert terms.check("تونس الخضراء", "Tunisia, Tunisia") == terms.check("لا شيء", "") == ()


def test_a_translation_that_has_its_terms_anyway_is_left_alone() -> None:
    engine = Scripted(lambda text: "The central bank said nothing")
    [translation] = translator(glossary("البنك المركزي,Central Bank"), engine).translate(["لم يقل البنك المركزي شيئا."])
    assert translation.text == "The central bank said nothing" and not missing(translation.warnings)
    assert engine.calls == [["لم يقل البنك المركزي شيئا."]]


def test_only_missing_terms_are_put_into_the_source_in_english() -> None:
    engine = Scripted(lambda text: "Nidaa Tounes met in Tunisia" if "Nidaa" in text else "the party met in Tunisia")
    sentences = ["اجتمع نداء تونس في تونس.", "لا شيء هنا."]
    first, _ = translator(glossary("نداء تونس,Nidaa Tounes\nتونس,Tunisia"), engine).translate(sentences)
    assert first.text == "Nidaa Tounes met in Tunisia" and not missing(first.warnings)
    assert engine.calls == [sentences, ["اجتمع Nidaa Tounes في تونس."]]


def test_what_gets_lost_once_more_is_tried_in_quotation_marks() -> None:
    engine = Scripted(lambda text: 'the "ISIS" group was there' if '"ISIS"' in text else "the group was there")
    [translation] = translator(glossary("داعش,ISIS"), engine).translate(["كان تنظيم داعش هناك."])
    assert translation.text == "the ISIS group was there" and not missing(translation.warnings)
    [quoted] = translator(glossary("داعش,ISIS"), engine).translate(["كان تنظيم «داعش» هناك."])
    assert '"ISIS"' in quoted.text


def test_what_cannot_be_applied_is_said() -> None:
    engine = Scripted(lambda text: "the group was there")
    [translation] = translator(glossary("داعش,ISIS"), engine).translate(["كان تنظيم داعش هناك."])
    assert translation.text == "the group was there" and translation.source == "كان تنظيم داعش هناك."
    assert missing(translation.warnings) == ['glossary: «داعش» → "ISIS" could not be applied']
    assert len(engine.calls) == 3


def test_a_term_is_not_bought_with_a_broken_sentence() -> None:
    plain = "The delegation arrived in 2024 and met 37 people"
    engine = Scripted(lambda text: "ISIS and so on and so on and so on and so on" if "ISIS" in text else plain)
    [translation] = translator(glossary("داعش,ISIS"), engine).translate(["وصل وفد داعش عام 2024 والتقى 37 شخصا."])
    assert translation.text == plain and missing(translation.warnings)


def test_a_source_that_gets_too_long_is_not_tried() -> None:
    engine = Scripted(lambda text: "nothing")
    text = "كلمة " * 380 + "داعش"
    [translation] = translator(glossary(f"داعش,{'I ' * 200}S"), engine).translate([text])
    assert len(engine.calls) == 1 and missing(translation.warnings)


def test_a_term_cut_in_two_with_a_long_sentence_is_not_forgotten() -> None:
    engine = Scripted(copied)
    engine.fits = lambda text: len(text) < 25  # type: ignore[method-assign]
    text = "كلمة كلمة كلمة كل البنك المركزي كلمة كلمة كلمة"
    [translation] = translator(glossary("البنك المركزي,Central Bank"), engine).translate([text])
    assert "Central Bank" in translation.text or missing(translation.warnings)
    assert any("parts" in warning for warning in translation.warnings)


def test_the_glossarys_own_english_is_no_wrong_name() -> None:
    seen: list[tuple[str, str]] = []

    def check(source: str, target: str) -> tuple[str, ...]:
        seen.append((source, target))
        return ()

    from translate.glossary import checking_terms

    both = checking_terms(check, glossary("حركة النهضة,Ennahda Movement\nهاليفاكس,Halifax"))
    assert both("قالت حركة النهضة في هاليفاكس", "Ennahda Movement in Honolulu") == (
        'glossary: «هاليفاكس» → "Halifax" could not be applied',
    )
    assert seen == [("قالت Ennahda Movement في هاليفاكس", "Ennahda Movement in Honolulu")]


# ── files ──


def read(tmp_path: Path, content: str | bytes, name: str = "terms.csv") -> dict[str, str]:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return {term.arabic: term.english for term in read_glossary(str(tmp_path / name)).terms}


@pytest.mark.parametrize(
    "content",
    [
        "تونس,Tunisia\nالأمم المتحدة,United Nations\n",
        "\ufeffArabic,English\r\nتونس,Tunisia\r\n\r\nالأمم المتحدة,United Nations",
        "المصطلح,الترجمة\nتونس , Tunisia\n# a comment\nالأمم المتحدة,United Nations,\n",
        "العربية,English\n# comment, with commas, in it\nتونس,Tunisia\n  \nالأمم  المتحدة,United Nations",
        "تونس\tTunisia\nالأمم المتحدة\tUnited Nations",
        'ar;en\nتونس;Tunisia\n"الأمم المتحدة";"United Nations"',
        "تونس,Tunisia\nالأمم المتحدة,United Nations\n".encode("windows-1256"),
        "تونس,Tunisia\nالأمم المتحدة,United Nations\n".encode("utf-16"),
        gzip.compress("تونس,Tunisia\nالأمم المتحدة,United Nations\n".encode(), mtime=0),
    ],
)
def test_files_as_people_save_them(tmp_path: Path, content: str | bytes) -> None:
    assert read(tmp_path, content) == {"تونس": "Tunisia", "الأمم المتحدة": "United Nations"}


def test_a_comma_in_a_term(tmp_path: Path) -> None:
    assert read(tmp_path, 'واشنطن,"Washington, D.C."\n') == {"واشنطن": "Washington, D.C."}


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("تونس,Tunisia\nمصر,\n", 2, "the English term is empty"),
        ("تونس,Tunisia\n\n,Egypt\n", 3, "the Arabic term is empty"),
        ("تونس,Tunisia\nمصر\n", 2, "the English term is empty"),
        ("واشنطن,Washington, D.C.\n", 1, "3 columns"),
        ("Tunisia,تونس\n", 1, "'Tunisia' has no Arabic letter"),
        ("تونس,Tunisia\nEgypt,Egypt\n", 2, "'Egypt' has no Arabic letter"),
        ("تونس,Tunisia\nمصر,مصر\n", 2, "'مصر' is not English"),
        ("تونس,Tunisia\nمصر,Egypt\n# note\nتُونس,Tunis\n", 4, '«تُونس» is "Tunis" here and "Tunisia" in line 1'),
        ("الأردن,Jordan\nالاردن,the Jordan\n", 2, "in line 1"),
        ('تونس,Tunisia\nمصر,"Egypt\nليبيا,Libya', 3, "is not CSV"),
    ],
)
def test_mistakes_are_named_by_file_and_line(tmp_path: Path, content: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, content)
    assert f"terms.csv:{line}: " in str(caught.value) and says in str(caught.value)


def test_a_row_that_is_there_twice_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(tmp_path, "تونس,Tunisia\nتونس,Tunisia\n") == {"تونس": "Tunisia"}
    assert "terms.csv:2: «تونس» is already in line 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "kind"), [(b"", InputError), (b"ar,en\n", ConfigError), (b"# only\n", ConfigError), (b"PK\x03\x04", InputError)]
)
def test_a_file_without_terms_is_refused(tmp_path: Path, content: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"terms\.csv"):
        read(tmp_path, content)


def test_alef_maqsura_makes_two_names(tmp_path: Path) -> None:
    assert len(read(tmp_path, "علي,Ali\nعلى,Aala\n")) == 2


# ── the command ──


@pytest.mark.parametrize("family", FAMILIES)
def test_the_command_reports_what_was_applied_and_what_not(mujaz, tmp_path: Path, family: str) -> None:
    (tmp_path / "terms.csv").write_text("المتحف,Museum\nالوزير,Minister\nغائب,absent\n", encoding="utf-8")
    text = "افتتح المتحف أبوابه. وقال الوزير إن للمتحف زوارا.\nفاز المنتخب."
    arguments = ("translate", "--translator", tiny_model(family), "--dtype", "float32", "--glossary", tmp_path / "terms.csv")
    ran = mujaz(*arguments, "--format", "json", stdin=text.encode())
    assert ran.code == 0
    record = json.loads(ran.out)
    applied, lost = (Counter({entry["ar"]: entry["times"] for entry in record["glossary"][key]}) for key in ("applied", "missing"))
    assert applied + lost == Counter({"المتحف": 2, "الوزير": 1})
    for sentence in record["sentences"]:
        for arabic, english in (("متحف", "Museum"), ("الوزير", "Minister")):
            if arabic in sentence["ar"]:
                assert english.lower() in sentence["en"].lower() or any(english in warning for warning in missing(sentence["warnings"]))
    assert f"glossary: {applied.total()} of 3 occurrences applied" in ran.err
    assert len(mujaz(*arguments, stdin=text.encode()).out.splitlines()) == 2


def test_several_files_have_their_own_counts(mujaz, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("المتحف,Museum\nالوزير,Minister\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("افتتح المتحف أبوابه.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("قال الوزير ذلك. الوزير قال.", encoding="utf-8")
    options = ("--translator", tiny_model("marian"), "--dtype", "float32", "--glossary", tmp_path / "terms.csv", "--format", "jsonl")
    ran = mujaz("translate", tmp_path / "a.txt", tmp_path / "b.txt", *options)
    counted = [
        {entry["ar"]: entry["times"] for key in ("applied", "missing") for entry in json.loads(line)["glossary"][key]}
        for line in ran.out.splitlines()
    ]
    assert counted == [{"المتحف": 1}, {"الوزير": 2}] and "of 3 occurrences" in ran.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<p>افتتح <a href="x">المتحف الوطني</a> أبوابه.</p><p><b>المتحف الوطني</b></p>'),
        ("a.md", "افتتح [المتحف الوطني](x) أبوابه.\n\n**المتحف الوطني**\n"),
    ],
)
def test_a_term_in_a_link_counts_once(mujaz, tmp_path: Path, name: str, text: str) -> None:
    """The words of a link are translated in their sentence and by themselves, to find their place in it."""
    (tmp_path / "terms.csv").write_text("المتحف,Museum\n", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = mujaz("translate", tmp_path / name, "--translator", tiny_model("marian"), "--glossary", tmp_path / "terms.csv")
    assert ran.code == 0 and "of 2 occurrences" in ran.err


def test_a_summary_has_a_glossary_too(mujaz, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("المتحف,Museum\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(f"glossary: {tmp_path / 'terms.csv'}\n", encoding="utf-8")
    ran = mujaz(
        "summarize", "--config", tmp_path / "p.yaml", "--translator", tiny_model("marian"), "--format", "json",
        stdin="افتتح المتحف أبوابه.".encode(),
    )  # fmt: skip
    [sentence] = json.loads(ran.out)["sentences"]
    assert "museum" in sentence["en"].lower() or missing(sentence["warnings"])
    assert "of 1 occurrences applied" in ran.err


def test_a_bad_glossary_ends_the_command_in_one_line(mujaz, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("المتحف\n", encoding="utf-8")
    for command in ("translate", "summarize"):
        for path in (tmp_path / "terms.csv", tmp_path / "nothing.csv"):
            ran = mujaz(command, "--translator", tiny_model("marian"), "--glossary", path, stdin=b"x")
            assert ran.code == 2 and ran.err.count("\n") == 1 and path.name in ran.err


# ── 50 terms over 200 articles ──


def counted(text: str) -> Counter[str]:
    """How often each term of TUNISIA occurs, by one regular expression over the folded text: simpler than what is tested."""
    spellings = {}
    for line in TUNISIA.splitlines():
        term = line.split(",")[0]
        head, *rest = normalize(term, FOLD).split()
        definite = head.startswith("ال")
        first = rf"(?:[وف]?[بك]?{head}|[وف]?لل{head[2:]})" if definite else rf"[وف]?(?:[بلك]|[بك]?ال|لل)?{head}"
        spellings[term] = r"\s+".join([first, *(word if word.startswith("ال") else f"(?:ال)?{word}" for word in rest)])
    longest_first = sorted(spellings, key=lambda term: (-len(term.split()), -len(term)))
    pattern = re.compile("|".join(rf"(?<!\w)({spellings[term]})(?!\w)" for term in longest_first))
    return Counter(longest_first[match.lastindex - 1] for match in pattern.finditer(normalize(text, FOLD)))


def articles() -> list[str]:
    path = SHARED / "data" / "ant" / "articles.jsonl.gz"
    if not path.is_file():
        pytest.skip("needs ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    return texts[:: len(texts) // 200][:200]


def forgetful(text: str) -> str:
    """As `copied`, but every third run of Latin words gets lost."""
    runs = iter(range(10**6))
    return re.sub(r"[A-ZÉa-zé](?:[\w ]*[A-Za-zé])?", lambda run: "" if next(runs) % 3 == 0 else run[0], copied(text))


@pytest.mark.parametrize(("answer", "least"), [(copied, 1.0), (forgetful, 0.0), (lambda text: "Tunisia and Sousse", 0.0)])
def test_every_term_in_200_articles_is_in_the_output_or_reported(answer, least: float) -> None:
    terms, texts = glossary(TUNISIA), articles()
    assert len(terms.terms) == 50 and len(texts) == 200
    expected, applied, lost = Counter(), Counter(), Counter()
    for document in translate_documents(texts, translator(terms, Scripted(answer))):
        for sentence in document.sentences:
            source, target = sentence.translation.source, sentence.translation.text
            here = counted(source)
            outcome = terms.outcome(source, target)
            expected += here
            applied += Counter({term.arabic: times for term, times in outcome.applied.items()})
            lost += Counter({term.arabic: times for term, times in outcome.missing.items()})
            reported = " ".join(missing(sentence.translation.warnings))
            for line in TUNISIA.splitlines():
                arabic, english = line.split(",")
                assert target.lower().count(english.lower()) >= here[arabic] or f"«{arabic}»" in reported, (arabic, source, target)
    assert applied + lost == expected and len(expected) > 40 and expected.total() > 400
    assert applied.total() >= least * expected.total()
