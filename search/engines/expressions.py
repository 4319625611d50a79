"""What all engines make of what is asked."""

from search.asking import Asked


def phrases_of(asked: Asked, where: str) -> tuple[list[list[str]], list[str]]:
    """For each thing that must be there the runs of stems of which one is enough; and the runs that must not.

    Of whole names, each spelling of all that is asked is one word.
    """
    without = [" ".join(run) for run in asked.without]
    if where == "wholes":
        return [asked.names], without
    words = [[*dict.fromkeys(word.answers)] for word in asked.words]
    return [*words, *([" ".join(run)] for run in asked.phrases)], without
