using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>What is shown of clusters: how many rows each has, and what sets it apart.</summary>
internal sealed class ClustersTold
{
    private const int MostRows = 200_000;
    private const int MostClusters = 12;
    private const int MostColumns = 50;
    private const int MostLevels = 5;
    private const int MostTold = 3;

    /// <summary>A mean that lies nearer than so many deviations to that of all rows sets nothing apart.</summary>
    private const double LeastTold = 0.5;

    private readonly string[] _names;
    private readonly int[] _rows;
    private readonly int[][] _members;
    private readonly double[] _distances;
    private readonly IReadOnlyList<ColumnTold> _columns;

    private ClustersTold(AnsweredRows holdout)
    {
        int[] all = [.. holdout.Learned, .. holdout.Rows];
        _rows = Array.ConvertAll(Spread.Of(all.Length, MostRows), place => all[place]);
        var answers = holdout.Answer(_rows);
        _names = [.. answers.Reading.Classes!];
        var chosen = answers.Classes!.Chosen;
        var places = Enumerable.Range(0, _rows.Length).ToLookup(place => chosen[place]);
        _members = [.. _names.Select((_, cluster) => places[cluster].Select(place => _rows[place]).ToArray())];
        _distances =
        [
            .. _names.Select((_, cluster) => Sum.Mean([.. places[cluster].Select(place => answers.Ranking[place])])),
        ];
        _columns =
        [
            .. holdout
                .Frame.Columns.Take(MostColumns)
                .SelectMany(column =>
                    column is CategoryColumn category
                        ? ColumnTold.OfLevels(category, _rows, _members, MostLevels)
                        : [ColumnTold.OfNumber((NumberColumn)column, _rows, _members)]
                ),
        ];
    }

    /// <summary>In the order of their numbers.</summary>
    private IEnumerable<int> Order =>
        Enumerable.Range(0, _names.Length).OrderBy(cluster => ClusterNumbers.Parse([_names[cluster]])[0]);

    public static ClustersTold Of(AnsweredRows holdout) => new(holdout);

    public Fact Fact() => new("Clusters", Formats.Count(_names.Length));

    public IReadOnlyList<Exhibit> Exhibits() =>
        [
            Clusters(),
            .. new[]
            {
                Means("cluster-numbers", "What numbers are on average", "Column", isShare: false),
                Means("cluster-levels", "Which levels there are", "Level", isShare: true),
            }.OfType<Exhibit>(),
        ];

    private TableExhibit Clusters() =>
        new()
        {
            Id = "clusters",
            Title = "The clusters",
            Caption =
                $"Of {Formats.Count(_rows.Length, "row")}, learned and held out: how many each has, how far they lie "
                + "from its centre, and what sets it apart from all rows.",
            Of = "Cluster",
            Columns = [new Axis("Rows", Unit.Count), new Axis("Share", Unit.Share), new Axis("Mean distance")],
            Rows =
            [
                .. Order.Select(cluster => new TableRow(
                    _names[cluster],
                    [
                        _members[cluster].Length,
                        (double)_members[cluster].Length / _rows.Length,
                        _members[cluster].Length == 0 ? null : _distances[cluster],
                    ],
                    SetsApart(cluster)
                )),
            ],
        };

    private string? SetsApart(int cluster)
    {
        var told = _columns
            .Where(column => Math.Abs(column.EffectOf(cluster)) >= LeastTold)
            .OrderByDescending(column => Math.Abs(column.EffectOf(cluster)))
            .Take(MostTold)
            .Select(column => column.TextOf(cluster))
            .ToList();
        return told.Count == 0 ? null : string.Join("; ", told);
    }

    /// <summary>Null where no column is of the kind.</summary>
    private TableExhibit? Means(string id, string title, string of, bool isShare)
    {
        var columns = _columns.Where(column => column.IsShare == isShare).ToList();
        int[] shown = [.. Order.Take(MostClusters)];
        return columns.Count == 0
            ? null
            : new TableExhibit
            {
                Id = id,
                Title = title,
                Caption =
                    shown.Length < _names.Length
                        ? $"The first {MostClusters} of {Formats.Count(_names.Length, "cluster")}."
                        : null,
                Of = of,
                Columns =
                [
                    .. shown
                        .Select(cluster => $"cluster {_names[cluster]}")
                        .Prepend("all rows")
                        .Select(name => new Axis(name, isShare ? Unit.Share : Unit.Number)),
                ],
                Rows =
                [
                    .. columns.Select(column => new TableRow(
                        column.Name,
                        [column.All, .. shown.Select(cluster => column.Means[cluster])]
                    )),
                ],
            };
    }
}
