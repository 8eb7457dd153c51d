namespace Trainyard.Pipelines;

public sealed partial class ModelTask
{
    private const double StableByDefault = 0.5;

    private static readonly Share MovedByDefault = new(0.2);

    public static ModelTask Clustering { get; } =
        new()
        {
            Name = "clustering",
            Label = LabelKind.None,
            LearnsLabels = false,
            HasBaseline = false,
            AnswerColumns = [new("cluster", ColumnType.Integer), new("distance", ColumnType.Double)],
            Chooses = "cluster",
            Learns = (_, _) => Loss.Own,
            ScoreUnit = "the squared distance from the centre of its cluster",
            Limits =
            [
                new(
                    "stability",
                    "stability",
                    "stable_at_least",
                    gate => gate.StableAtLeast ?? StableByDefault,
                    OfComparison: false,
                    IsLeast: true,
                    IsShare: false
                ),
                new(
                    "moved",
                    "share of rows in another cluster than the champion's",
                    "moved_at_most",
                    gate => (gate.MovedAtMost ?? MovedByDefault).Value,
                    OfComparison: true,
                    IsLeast: false,
                    IsShare: true
                ),
            ],
            FillGate = (gate, _) =>
                gate with
                {
                    StableAtLeast = gate.StableAtLeast ?? StableByDefault,
                    MovedAtMost = gate.MovedAtMost ?? MovedByDefault,
                },
        };
}
