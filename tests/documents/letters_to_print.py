"""Letters and a plan to try the documents on. The people and the place in them are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from webapp.letters.model import Concern, Heading, Letter, OwnWords, Paragraph, Points, Signature, Table
from webapp.plans.model import (
    CalendarDay,
    Card,
    DatePanel,
    HelpLine,
    Note,
    Plan,
    Reminder,
    RuleWords,
    Step,
)

FIRST_WORDS = OwnWords(
    (
        "The social worker gave me her report at the door, ten minutes before the meeting. It was 23 pages. "
        "I asked for time to read it and the chair said we had to begin.",
        "My mum came to support me. She was told to wait outside.",
    )
)
SECOND_WORDS = OwnWords(
    (
        "The notes say Kai missed 12 days of school. The school’s own letter says 4. "
        "I had no chance to show it.",
    )
)

PLAIN = Letter(
    language="en",
    direction="ltr",
    title="Complaint about a conference",
    notice="",
    sender=(
        "Leanne Hartley",
        "14 Larkspur Close",
        "Ashby Dene",
        "AD14 0ZZ",
        "07700 900 123",
        "leanne.h@example.org",
    ),
    recipient=(
        "The conference chair",
        "Child protection conference of 20 October 2026",
        "Children’s Services",
        "Ashby Dene Council",
    ),
    date="Monday 23 November 2026",
    salutation="Dear Conference Chair",
    heading="Complaint about a child protection conference: stage 1",
    reference=("My child: Kai Hartley, born 2 April 2019.", "Your reference: CP/1140.", "Sent by email."),
    blocks=(
        Paragraph(
            "I am Kai’s mother. I am complaining under stage 1 of the conference complaints procedure."
        ),
        Paragraph("I received the notes on Monday 2 November 2026, so this letter is within its 28 days."),
        Heading("What I am complaining about"),
        Concern(1, "How the conference was run", (), FIRST_WORDS),
        Concern(2, "The decision to make a child protection plan", (), SECOND_WORDS),
        Paragraph(
            "I understand that this procedure cannot change the plan, and that the decision stands "
            "while you look at my complaint."
        ),
        Heading("What I am asking for"),
        Points(("Please hold the conference again, with a different chair.",), numbered=True),
        Heading("What happens next"),
        Paragraph("The procedure says that you will:"),
        Points(
            (
                "meet me within 7 working days of receiving this letter: by Wednesday 2 December 2026",
                "write to me within 7 working days of that meeting, with notes of it.",
            )
        ),
        Paragraph(
            "I am also writing to the Children’s Services complaints team today. Please make sure that the "
            "two complaints are looked at together."
        ),
        Heading("Help I need"),
        Paragraph("Please write to me in large print. My mother will come to the meeting with me."),
        Signature("Leanne Hartley", "Date"),
    ),
    closing="Yours faithfully",
    enclosures_heading="Enclosed",
    enclosures=("letter from Kai’s school, 5 October 2026",),
    annex=(),
    footer="Leanne Hartley, conference complaint, stage 1",
    page_of="Page {page} of {pages}",
)

HISTORY = Table(
    "What has happened so far",
    ("Date", "What happened"),
    (
        ("20 October 2026", "The conference was held."),
        ("2 November 2026", "I got the notes."),
        ("5 November 2026", "I talked to the chair. It was not settled."),
    ),
)

RICH = replace(
    PLAIN,
    notice="This is a copy for you to read. Send the other one.",
    sender=(
        "Żaneta Wójcik-Łącka",
        "ŵ ŷ Tŷ’r Ysgol, Pontŵen",
        "محمد الأحمد",
        "Παπαδοπούλου Ελένη",
        "Шевченко Оксана",
    ),
    blocks=(
        *PLAIN.blocks[:2],
        HISTORY,
        *PLAIN.blocks[2:-1],
        Heading("Why this letter is late"),
        OwnWords(
            (
                "First line\nsecond line\n\n  a line set in by two spaces & <b>not bold</b>",
                "Nguyễn Thị Hằng said “no”.",
            )
        ),
        PLAIN.blocks[-1],
    ),
    annex=(
        Heading("My authority for somebody to write for me"),
        Paragraph(
            "I, Leanne Hartley, agree that Sam Okafor may write and speak for me about this complaint."
        ),
        Signature("Leanne Hartley", "Date"),
    ),
)

ARABIC = replace(
    PLAIN,
    language="ar",
    direction="rtl",
    title="شكوى",
    date="الاثنين 23 نوفمبر 2026",
    salutation="السيد رئيس المؤتمر",
    heading="شكوى بشأن مؤتمر حماية الطفل",
    reference=("طفلي: كاي هارتلي",),
    blocks=(
        Paragraph("أنا أم كاي. أشتكي بموجب المرحلة الأولى."),
        Heading("ما أشتكي منه"),
        Concern(1, "كيف أُدير المؤتمر", (), OwnWords(("قيل لأمي أن تنتظر في الخارج.",))),
        Paragraph("هاتفي 07700 900 123."),
        Signature("Leanne Hartley", "التاريخ"),
    ),
    closing="مع الاحترام",
    enclosures=(),
    footer="Leanne Hartley",
    page_of="صفحة {page} من {pages}",
)


WELSH = replace(
    PLAIN,
    language="cy",
    title="Llythyr",
    recipient=("Cadeirydd y gynhadledd", "Gwasanaethau Plant", "Cyngor Pontŵen"),
    date="23 Tachwedd 2026 (dydd Llun)",
    salutation="Annwyl Gadeirydd y Gynhadledd",
    heading="Cwyn am gynhadledd amddiffyn plant",
    blocks=(
        Paragraph("Mam Kai ydw i. Cefais y nodiadau ar 2 Tachwedd 2026."),
        Heading("Yr hyn rwy’n cwyno amdano"),
        Concern(1, "Sut y cynhaliwyd y gynhadledd", (), OwnWords(("Yn Nhŷ’r Ysgol, gwelais ŵr â dŵr.",))),
        Signature("Siân Tŷ Gwyn", "Dyddiad"),
    ),
    closing="Yn gywir",
    enclosures_heading="Amgaeaf",
    page_of="Tudalen {page} o {pages}",
)

# One name for each script and each set of accents that a parent may write.
NAMES = {
    "albanian": "Çelë Gjërgji",
    "arabic": "محمد الأحمد",
    "armenian": "Արմեն Սարգսյան",
    "bengali": "মোহাম্মদ রহমান শ্রীমতী",
    "farsi": "پژمان گیتی",
    "georgian": "გიორგი",
    "greek": "Ελένη Παπαδοπούλου",
    "gujarati": "પ્રિયા પટેલ ક્ષત્રિય",
    "hebrew": "יוסף כהן",
    "hindi": "प्रिया शर्मा क्षत्रिय",
    "hungarian": "Erzsébet Gyűrű",
    "kurdish": "ئازاد کەریم",
    "lithuanian": "Žydrūnė Ąžuolaitė",
    "malayalam": "രമേശ് നായർ",
    "panjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਢਿੱਲੋਂ",
    "pashto": "ګل احمد ښاغلی",
    "polish": "Żaneta Wójcik-Łącka",
    "romanian": "Ștefan Țuțea",
    "tamil": "தமிழ்ச்செல்வன் முருகன்",
    "thai": "สมชาย ใจดี",
    "tigrinya": "ሰላም ኃይለ",
    "turkish": "İbrahim Şağır",
    "ukrainian": "Оксана Їжак",
    "urdu": "محمد عمران گل",
    "vietnamese": "Nguyễn Thị Hằng",
    "welsh": "Siân Tŷ Pontŵen",
}


def _day(number: int, state: str, month: int = 11) -> CalendarDay:
    return CalendarDay(date(2026, month, number), number, state)  # type: ignore[arg-type]


_RULE = RuleWords(
    "AD-21",
    "You have 28 days from the day you got the notes.",
    "within 28 days of receipt of the notes of the conference",
    "The leaflet of Ashby Dene, 2016",
    "It does not say working days. We count every day, to be safe.",
)

PLAN = Plan(
    language="en",
    direction="ltr",
    title="Your plan",
    summary="You have one letter to send.",
    made_on="Worked out on Monday 23 November 2026.",
    cards=(
        Card(
            letter="conference",
            number=1,
            total=2,
            place="Letter 1 of 2",
            title="How the conference was run, and the plan",
            to="To the conference chair",
            kind="complaint",
            makes_letter=True,
            panel=DatePanel(
                state="send-by",
                label="Send it by",
                day=date(2026, 11, 30),
                weekday="Monday",
                big="30 November",
                left="7 days left",
                why="28 days from Monday 2 November, the day you got the notes.",
                rules=(_RULE,),
                weeks=(
                    (_day(23, "today"), *(_day(number, "between") for number in range(24, 30))),
                    (_day(30, "last"), *(_day(number, "other", 12) for number in range(1, 7))),
                ),
                weeks_text="Two weeks. Today is Monday 23 November. The last day is Monday 30 November.",
            ),
            says=(),
            where=("The chair’s address is on the invitation to the conference.",),
            steps=(
                Step(
                    date(2026, 11, 30),
                    "By Mon 30 Nov",
                    "",
                    "you",
                    "You",
                    "You send the letter.",
                    "If you email it today, the next dates are:",
                    "",
                    (),
                ),
                Step(
                    date(2026, 12, 2),
                    "By Wed 2 Dec",
                    "",
                    "them",
                    "The chair",
                    "The chair meets you.",
                    "7 working days. You can bring someone.",
                    "From Thu 3 Dec they are late. Come back and we will write a reminder.",
                    (),
                ),
                Step(
                    date(2026, 12, 11),
                    "By Fri 11 Dec",
                    "if you meet on 2 Dec",
                    "them",
                    "The chair",
                    "The chair writes to you, with notes.",
                    "7 working days after you meet.",
                    "The next day, we can write a reminder.",
                    (),
                ),
                Step(
                    date(2027, 1, 8),
                    "By Fri 8 Jan",
                    "if they write on 11 Dec",
                    "you",
                    "You",
                    "You ask for stage 2, if you are still unhappy.",
                    "28 days after you get the chair’s letter.",
                    "",
                    (),
                ),
                Step(
                    None,
                    "4 weeks later",
                    "if you ask on 8 Jan",
                    "them",
                    "A panel",
                    "A panel looks again and writes to you.",
                    "28 days to meet, 7 working days to write.",
                    "We can write to the safeguarding partnership.",
                    (),
                ),
            ),
            extra_kinds=(),
        ),
    ),
    notes=(
        Note(
            "decision-stands",
            "The plan stays in place while you complain.",
            "A complaint cannot change the plan itself. It can lead to the conference being held again, "
            "with a different chair.",
            (),
        ),
    ),
    signposts=(),
    quoted=(),
    lines=(
        HelpLine(
            "Family Advice Line",
            "For parents.",
            "01632 960 366",
            "Monday to Friday, 9.30am to 3pm.",
            "",
            "Read on 1 November 2026.",
            advice=True,
        ),
    ),
    before_sending=(
        "Read it. Is every date right?",
        "Sign it.",
        "Put in the school’s letter.",
        "Keep a copy.",
        "Send letter 2 on the same day.",
    ),
    reminders=(
        Reminder("conference-stage-1-send@reminders", date(2026, 11, 30), "Letter 1: send today"),
        Reminder("conference-stage-1-reply@reminders", date(2026, 12, 3), "Letter 1: has the reply come?"),
    ),
)
