"""Keep the translations: ``python -m breachdesk.language extract [PART …] | compile | check``."""

import sys

from breachdesk.language.translations import check, compile_all, extract

USAGE = "python -m breachdesk.language extract [PART ...] | compile | check"


def main(arguments: list[str]) -> int:
    """Run one of the three; 1 when something is found wrong, 2 when the command is not known."""
    match arguments:
        case ["extract", *parts]:
            findings = extract(parts)
        case ["compile"]:
            compile_all()
            findings = ()
        case ["check"]:
            findings = check()
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2
    sys.stdout.writelines(f"{line}\n" for line in findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
