"""The one table that a run prints."""


class Table:
    def __init__(self):
        self.rows, self.missing = [], []

    def ratio(self, what, ours, peer_name, peer, goal=None, unit="s"):
        ratio = ours / peer
        self.rows.append(
            (
                what,
                f"{ours:.2f} {unit}",
                f"{peer:.2f} {unit} {peer_name}",
                f"{ratio:.2f}",
                f"<= {goal:g}" if goal else "",
                verdict(ratio, goal),
            )
        )

    def limit(self, what, value, unit, goal):
        self.rows.append((what, f"{value:.0f} {unit}", "", "", f"<= {goal:g} {unit}", verdict(value, goal)))

    def absent(self, what, why):
        self.missing.append(f"{what}: not measured, {why}")

    def __str__(self):
        head = ("what", "Trainyard", "peer", "ratio", "goal", "")
        lines = [head, tuple("-" * len(cell) if cell else "" for cell in head), *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        return "\n".join(
            ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]
            + self.missing
        )


def verdict(value, goal):
    return "" if goal is None else "reached" if value <= goal else "missed"
