using System.Globalization;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.Linear;

namespace Trainyard.Trainers.Stacked;

/// <summary>
/// The fits of a training, each of which learns the texts of its rows anew. A row that is learned gets what a model of
/// texts says that has not learned it, for one that has would know its label by words of its own, and trees would
/// believe that; all others get what the model of all rows learned says, and so do rows that are answered.
/// </summary>
internal sealed class StackedTraining(ITraining training) : ITraining
{
    private static readonly LinearTrainer Linear = new();

    private readonly ITraining _texts = Linear.Begin(new LinearOptions());

    /// <summary>Parts that learn the same rows share what texts became.</summary>
    private (Lesson Texts, Known Known)? _last;

    /// <summary>Under which penalty texts are learned, in steps: the first fit picks it, as it picks that of the trees
    /// where they are sized.</summary>
    private int? _size;

    public IReadOnlyList<string>? Classes => training.Classes;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        if (!StackedColumns.HasTexts(lesson.Encoder))
        {
            return training.Fit(lesson, cancel, progress);
        }

        lesson.DemandDifferentLabels();
        var columns = new StackedColumns(lesson.Encoder, lesson.Objective.Width);
        var (scores, rows) = KnownOf(lesson, columns, cancel, progress);
        var fitted = training.Fit(
            lesson with
            {
                Encoder = columns.Stacked,
                Rows = rows,
                Directions =
                    lesson.Directions.Count == 0
                        ? []
                        : [.. columns.Sources.Select(source => lesson.Directions[source])],
            },
            cancel,
            progress
        );
        return fitted with { Scorer = new StackedScorer(scores, fitted.Scorer, columns) };
    }

    public void Dispose()
    {
        training.Dispose();
        _texts.Dispose();
    }

    private Known KnownOf(Lesson lesson, StackedColumns columns, CancellationToken cancel, IProgress<string>? progress)
    {
        var texts = lesson with
        {
            Encoder = columns.Texts,
            Rows = columns.TextsOf(lesson.Rows),
            Objective = Learnable(lesson.Objective),
            Validation = null,
            Size = null,
            Directions = [],
        };
        if (_last is { } last && AreAlike(last.Texts, texts))
        {
            return last.Known;
        }

        _last = null;
        var known = Learn(lesson, texts, columns, cancel, progress);
        _last = (texts, known);
        return known;
    }

    private Known Learn(
        Lesson lesson,
        Lesson texts,
        StackedColumns columns,
        CancellationToken cancel,
        IProgress<string>? progress
    )
    {
        // Rows that no part answers, and those whose others all have one label, are told nothing by their texts.
        Fold[] parts =
        [
            .. lesson
                .Parts(lesson.Learned)
                .Where(part => texts.HasDifferentLabels(part.Learned))
                .OrderByDescending(part => part.Learned.Length),
        ];
        var (fits, size, unit) = (0, _size, UnitOf(texts));
        float[][] all =
        [
            .. Enumerable
                .Range(0, columns.Texts.Columns.Count * texts.Objective.Width)
                .Select(_ => new float[lesson.Rows.Count]),
        ];
        foreach (var part in parts)
        {
            // The largest picks the penalty, a number for all rows that hardly says anything of one.
            var fitted = Fit(part.Learned, size, size is null ? part.Answered : null);
            _size = size ??= fitted.Size;
            Answer(new TextScores((LinearScorer)fitted.Scorer, unit), part.Answered);
        }

        var whole = new TextScores((LinearScorer)Fit(lesson.Learned, size ?? 1, null).Scorer, unit);
        Answer(whole, [.. lesson.Known.Except(lesson.Learned)]);
        return new(whole, columns.Stack(lesson.Rows.Count, all, place => lesson.Rows.Columns[place]));

        Fitted Fit(int[] learned, int? size, int[]? validation)
        {
            fits++;
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"texts, model {fits} of {parts.Length + 1}"));
            return _texts.Fit(texts with { Learned = learned, Size = size, Validation = validation }, cancel);
        }

        void Answer(TextScores scores, int[] rows)
        {
            foreach (var (place, numbers) in scores.Of(texts.Rows, rows, lesson.Threads, cancel).Index())
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    all[place][rows[i]] = numbers[i];
                }
            }
        }
    }

    /// <summary>Whether what texts become is the same.</summary>
    private static bool AreAlike(Lesson some, Lesson others) =>
        ReferenceEquals(some.Learned, others.Learned)
        && ReferenceEquals(some.Known, others.Known)
        && ReferenceEquals(some.Rows.Columns[0], others.Rows.Columns[0])
        && some.Targets == others.Targets
        && some.Objective == others.Objective;

    /// <summary>What a linear model cannot learn, such as quantiles, lies where the mean does, or about
    /// there.</summary>
    private static Objective Learnable(Objective objective)
    {
        var loss = Linear.Declaration.Learns(objective.Learns) ? objective.Learns : Loss.Squared;
        return objective with { Learns = loss, Watches = loss };
    }

    /// <summary>Log-odds and logarithms are small as they are; amounts are counted in how far labels lie from their
    /// mean.</summary>
    private static double UnitOf(Lesson lesson) =>
        lesson.Objective.Learns.Kind == LossKind.Squared
            ? Scale.Of(Array.ConvertAll(lesson.Learned, row => lesson.Targets.Labels[row])).Deviation
            : 1;

    /// <param name="Rows">As the trees read them.</param>
    private sealed record Known(TextScores Scores, EncodedRows Rows);
}
