"""The characters that cannot be seen, or that change how others are seen (Unicode 16).

Control (Cc), bidirectional and other format characters (Cf) except the visible Arabic and Syriac
ones, default-ignorable fillers, line and paragraph separators, lone surrogates, tag characters.
"""

_RANGES = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFC),
    (0xFFFE, 0xFFFF),
    (0x13430, 0x1345F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)

UNSEEN = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _RANGES)
"""The inside of a regular expression's character class."""
