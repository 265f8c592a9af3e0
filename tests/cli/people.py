"""A list of ten thousand people with 37 rows that must not be printed."""

HEAD = "Navn;Adresse;Postnummer;Poststed;Språk;E-post"
FIRST = ("Kari", "Ola", "Åse", "Bjørn", "Óttar", "Sárá", "Ærlend", "Zoë", "Jürgen", "Íris")
LAST = (
    "Nordmann",
    "Đuođđi",
    "Bjørnøy",
    "O'Neill",
    "Ås",
    "Hætta",
    "Lie",
    "Øye",
    "Moe",
    "Dahl",
)
BAD = (
    ";Gata 1;0150;Oslo;;",
    " ;Gata 1;0150;Oslo;;",
    "-;Gata 1;0150;Oslo;;",
    "12345;Gata 1;0150;Oslo;;",
    "Nordmann, Kari;Gata 1;0150;Oslo;;",
    "kari@eksempel.no;Gata 1;0150;Oslo;;",
    "K?re Moe;Gata 1;0150;Oslo;;",
    "KÃ¥re Moe;Gata 1;0150;Oslo;;",
    "Kari\u202e Moe;Gata 1;0150;Oslo;;",
    "Kari\x07 Moe;Gata 1;0150;Oslo;;",
    "Kari \U0001f600;Gata 1;0150;Oslo;;",
    "=1+1;Gata 1;0150;Oslo;;",
    "<b>Kari Moe</b>;Gata 1;0150;Oslo;;",
    '"Kari\nMoe";Gata 1;0150;Oslo;;',
    "Kari Moe 01010750160;Gata 1;0150;Oslo;;",
    f"Kari {'Moe' * 30};Gata 1;0150;Oslo;;",
    "Kari Moe;;0150;Oslo;;",
    "Kari Moe;#REF!;0150;Oslo;;",
    "Kari Moe;kari@eksempel.no;0150;Oslo;;",
    "Kari Moe;17;0150;Oslo;;",
    'Kari Moe;"a\nb\nc\nd";0150;Oslo;;',
    "Kari Moe;Gata\ufffd 1;0150;Oslo;;",
    "Kari Moe;Gata 1;;Oslo;;",
    "Kari Moe;Gata 1;150;Oslo;;",
    "Kari Moe;Gata 1;01500;Oslo;;",
    "Kari Moe;Gata 1;O150;Oslo;;",
    "Kari Moe;Gata 1;1,5E+02;Oslo;;",
    "Kari Moe;Gata 1;0000;Oslo;;",
    "Kari Moe;Gata 1;0150;;;",
    "Kari Moe;Gata 1;0150;0150 Oslo;;",
    "Kari Moe;Gata 1;0150;Oslo;klingonsk;",
    "Kari Moe;Gata 1;0150;Oslo;;kari@",
    "Kari Moe;Gata 1;0150;Oslo;;a@b.no; c@d.no",
    "Kari Moe;Gata 1;0150;Oslo;strengt fortrolig adresse;",
    "Kari Moe;Gata 1;0150",
    '"Kari Moe;Gata 1;0150;Oslo;;',
    HEAD,
)
"""37 kinds of row, each with another fault or the fault in another place."""


def people(count: int = 10_000) -> tuple[bytes, tuple[int, ...]]:
    """Return the list and the rows of it that are bad: first, last, and all through it."""
    rows = [good(number) for number in range(count)]
    step = (count - 1) // (len(BAD) - 1)
    places = [number * step for number in range(len(BAD) - 1)] + [count - 1]
    for place, bad in zip(places, BAD, strict=True):
        rows[place] = bad
    return "\n".join((HEAD, *rows)).encode(), tuple(place + 2 for place in places)


def good(number: int) -> str:
    """Return a row like those of a real list; each person once."""
    first, last = FIRST[number % 10], LAST[number // 10 % 10]
    lang = ("", "bokmål", "engelsk", "nb")[number % 4]
    mail = f"p{number}@eksempel.no" if number % 3 else ""
    return f"{first} {last};Storgata {number} B;{1 + number % 9998:04d};Oslo;{lang};{mail}"
