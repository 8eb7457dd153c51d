using System.Globalization;
using Trainyard.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models.Packaging;

/// <summary>Rows of the holdout with the answers that the model gave when it was trained: whoever loads it must get
/// the same.</summary>
public static class GoldenRows
{
    /// <summary>By how much an answer may differ, as a share of what lies between the lowest and the highest.</summary>
    public const double MostDifference = 1e-6;

    /// <summary>By how much it may differ at least, as a share of the largest number that the model itself gives: of
    /// one of version 1.0 that has 32 bits, and another processor may round the last one otherwise.</summary>
    private const double LeastDifference = 1.0 / (1 << 22);

    private const int MostOfText = 200;
    private const string Answer = "golden answer";

    /// <summary>Rows spread evenly over the holdout. Of texts a few words that several rows have: a package outlives
    /// the rows, and is no place to keep what people wrote.</summary>
    public static Frame Of(Frame frame, IReadOnlyList<int> holdout, Encoder encoder)
    {
        var rows = ReferenceRows.Of(frame, holdout);
        return rows with
        {
            Columns =
            [
                .. rows.Columns.Select(column =>
                    column is TextColumn text ? encoder.GramsOf(text.Name).Told(text, MostOfText) : column
                ),
            ],
        };
    }

    /// <summary>Golden rows with their answers, as dataset CSV.</summary>
    /// <param name="answers">As many numbers a row as the model gives.</param>
    public static byte[] Write(Frame golden, IReadOnlyList<double> answers)
    {
        var width = golden.Rows == 0 ? 1 : answers.Count / golden.Rows;
        using var buffer = new MemoryStream();
        using (var writer = new DatasetWriter(buffer, ColumnsOf([.. golden.Features], width)))
        {
            for (var row = 0; row < golden.Rows; row++)
            {
                foreach (var column in golden.Columns)
                {
                    Write(writer, column, row);
                }

                for (var i = 0; i < width; i++)
                {
                    writer.Number(answers[(row * width) + i]);
                }

                writer.EndRecord();
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Scores the golden rows again; 78 where an answer differs.</summary>
    /// <returns>The rows.</returns>
    public static Frame Check(
        byte[] csv,
        string uri,
        IReadOnlyList<FeatureColumn> features,
        ModelTask task,
        ScoringModel model,
        CancellationToken cancel
    )
    {
        var layout = new FrameLayout
        {
            Columns = ColumnsOf(features, model.Width),
            Key = [],
            Task = task,
            Features = features,
            Singles = model.Encoder.Singles,
        };
        using var reader = DatasetReader.Open(new MemoryStream(csv), uri, layout.Columns);
        var builder = new FrameBuilder(layout, reader, uri);
        int[] scores = [.. Enumerable.Range(0, model.Width).Select(place => reader.IndexOf(AnswerAt(place)))];
        var expected = new List<double>();
        while (reader.Read())
        {
            builder.Add();
            expected.AddRange(scores.Select(reader.Number));
        }

        var golden = builder.Build();
        var answers = model.Predict(golden, threads: 1, cancel).Values;
        var allowed = Allowed(expected, model.Encoder.LabelMiddle ?? 0);
        for (var i = 0; i < answers.Length; i++)
        {
            if (!(Math.Abs(answers[i] - expected[i]) <= allowed))
            {
                throw Fault.BadConfiguration(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The model does not answer here as it did when it was trained: golden row "
                            + $"{(i / model.Width) + 1} of {uri} gives {answers[i]:R} instead of {expected[i]:R}. "
                            + $"Score with the version and kind of machine that trained it, or train again. Nothing "
                            + $"was published."
                    )
                );
            }
        }

        return golden;
    }

    private static double Allowed(List<double> expected, double middle) =>
        expected.Count == 0
            ? 0
            : Math.Max(
                MostDifference * (expected.Max() - expected.Min()),
                LeastDifference * expected.Max(answer => Math.Abs(answer - middle))
            );

    /// <summary>The column of one of the numbers that a row is answered with.</summary>
    private static string AnswerAt(int place) =>
        place == 0 ? Answer : string.Create(CultureInfo.InvariantCulture, $"{Answer} {place + 1}");

    private static Column[] ColumnsOf(IReadOnlyList<FeatureColumn> features, int width) =>
        [
            .. features.Select(feature => new Column(
                feature.Name,
                feature.Kind == FeatureColumnKind.Number ? ColumnType.Double : ColumnType.Text,
                Nullable: true
            )),
            .. Enumerable
                .Range(0, width)
                .Select(place => new Column(AnswerAt(place), ColumnType.Double, Nullable: false)),
        ];

    private static void Write(DatasetWriter writer, FrameColumn column, int row)
    {
        if (column.IsNull(row))
        {
            writer.Null();
        }
        else if (column is CategoryColumn category)
        {
            writer.Text(category.Levels[category.Codes[row] - 1]);
        }
        else if (column is TextColumn texts)
        {
            writer.Text(texts.Texts[texts.Codes[row] - 1]);
        }
        else
        {
            writer.Number(((NumberColumn)column)[row]);
        }
    }
}
