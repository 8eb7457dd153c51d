using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>What is shown of answers and labels of the holdout, class by class.</summary>
internal sealed class ClassesTold
{
    /// <summary>Classes in the matrix; of more the most frequent, and the others together.</summary>
    private const int MostShown = 20;

    /// <summary>Classes in the table.</summary>
    private const int MostListed = 100;

    private readonly Answers _answers;
    private readonly double[] _labels;
    private readonly string[] _names;
    private readonly HashSet<string> _learned;
    private readonly ClassCount[] _counts;

    /// <summary>The codes of classes that are a label or an answer, most frequent labels first.</summary>
    private readonly int[] _codes;

    public ClassesTold(Answers answers, Labels labels)
    {
        (_answers, _labels) = (answers, labels.Values);
        _learned = [.. answers.Reading.Classes!];
        _names = [.. new ClassCodes(answers.Reading.Classes!, labels.Classes!).Names];
        _counts = new ClassCount[_names.Length];
        foreach (var (label, chosen) in Rows())
        {
            _counts[label].Labels++;
            _counts[chosen].Answers++;
            _counts[label].Right += label == chosen ? 1 : 0;
        }

        _codes =
        [
            .. Enumerable
                .Range(0, _names.Length)
                .Where(code => _counts[code].Labels + _counts[code].Answers > 0)
                .OrderByDescending(code => _counts[code].Labels)
                .ThenBy(code => code),
        ];
    }

    public MatrixExhibit Confusion()
    {
        var shown = _codes.Length > MostShown ? _codes[..(MostShown - 1)] : _codes;
        var placeOf = shown.Index().ToDictionary(each => each.Item, each => each.Index);
        string[] names =
        [
            .. shown.Select(NameOf),
            .. shown.Length < _codes.Length ? ["others"] : Array.Empty<string>(),
        ];
        var values = new double?[names.Length][];
        for (var row = 0; row < names.Length; row++)
        {
            values[row] = new double?[names.Length];
            Array.Fill(values[row], 0);
        }

        foreach (var (label, chosen) in Rows())
        {
            values[placeOf.GetValueOrDefault(label, shown.Length)][placeOf.GetValueOrDefault(chosen, shown.Length)]++;
        }

        return new MatrixExhibit
        {
            Id = "confusion",
            Title = "What is taken for what",
            Caption = "Rows of the holdout by the class they are of, and the one they are answered with.",
            Description =
                $"Confusion matrix of {names.Length} classes. What lies on the diagonal is right: "
                + $"{Formats.Count(_counts.Sum(count => count.Right))} of {Formats.Count(_labels.Length, "row")}.",
            Wide = names.Length > MostShown / 2,
            Down = "Actual",
            DownNames = names,
            Across = "Predicted",
            AcrossNames = names,
            Value = new Axis("Rows", Unit.Count),
            Values = values,
        };
    }

    public TableExhibit ByClass() =>
        new()
        {
            Id = "by-class",
            Title = "Class by class",
            Caption =
                "Of the rows answered with a class, so many are of it (precision); of the rows that are of it, so many "
                + "are answered with it (recall)."
                + (
                    _codes.Length > MostListed
                        ? $" The {MostListed} most frequent of {Formats.Count(_codes.Length)} classes."
                        : ""
                ),
            Of = "Class",
            Columns =
            [
                new Axis("Rows", Unit.Count),
                new Axis("Answers", Unit.Count),
                new Axis("Precision", Unit.Share),
                new Axis("Recall", Unit.Share),
                new Axis("F1"),
            ],
            Rows = [.. _codes.Take(MostListed).Select(RowOf)],
        };

    public IEnumerable<Fact> Facts()
    {
        yield return new Fact("Classes", Formats.Count(_learned.Count))
        {
            Note = $"Learned: {ClassNames.List(_learned)}.",
        };
        if (_answers.Reading.Temperature is { } temperature)
        {
            yield return new Fact("Temperature", Formats.Metric(temperature))
            {
                Note =
                    "By it the logarithms of the model's probabilities are divided, so that on validation they are as "
                    + "sure as they should be: above 1 the model was too sure of itself.",
            };
        }

        int[] unseen = [.. _codes.Where(code => !_learned.Contains(_names[code]))];
        if (unseen.Length > 0)
        {
            yield return new Fact("Not learned", Formats.Count(unseen.Sum(code => _counts[code].Labels), "row"))
            {
                Note =
                    "Of the holdout, of classes that no row to learn from had: "
                    + string.Join(
                        ", ",
                        unseen
                            .Take(MostShown)
                            .Select(code => $"'{_names[code]}' ({Formats.Count(_counts[code].Labels)})")
                    )
                    + (unseen.Length > MostShown ? ", …" : "")
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $". They count as wrong, and as given a probability of {Probabilities.Least:0.000000}."
                    ),
            };
        }
    }

    private IEnumerable<(int Label, int Chosen)> Rows() =>
        _labels.Select((label, row) => ((int)label, _answers.Classes!.Chosen[row]));

    private TableRow RowOf(int code)
    {
        var count = _counts[code];
        return new TableRow(
            _names[code],
            [
                count.Labels,
                count.Answers,
                Share(count.Right, count.Answers),
                Share(count.Right, count.Labels),
                count.Overlap,
            ],
            _learned.Contains(_names[code]) ? null : "not learned"
        );
    }

    private string NameOf(int code) => _learned.Contains(_names[code]) ? _names[code] : $"{_names[code]} (not learned)";

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
