using System.Diagnostics;
using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Scoring;

/// <summary>A model that answers: encoder, scorer, and a calibrator where there is one.</summary>
/// <param name="saved">The bytes that the scorer was loaded from.</param>
public sealed class ScoringModel(Encoder encoder, IScorer scorer, Calibrator? calibrator, ReadOnlyMemory<byte> saved)
{
    private const int RowsAtOnce = 4096;

    /// <summary>In the clock's own ticks, over all threads.</summary>
    private long _answering;

    /// <summary>The bytes of the model's file.</summary>
    public ReadOnlyMemory<byte> Saved => saved;

    /// <summary>Of that file.</summary>
    public string Extension => scorer.Extension;

    public Encoder Encoder => encoder;

    public Calibrator? Calibrator => calibrator;

    /// <summary>How many scores a row has.</summary>
    public int Width => scorer.Width;

    /// <summary>What the scorer adds up; null where it does something else.</summary>
    public Coefficients? Coefficients => scorer.Coefficients;

    /// <summary>How long threads have been answering, added up: scorer and calibrator alone.</summary>
    public TimeSpan ThreadTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _answering));

    /// <summary>A few rows that stand for all: a model that can only be asked is explained beside them. Null where
    /// nobody has named some.</summary>
    public Frame? Reference { get; private init; }

    /// <summary>Says why it answers so; null where it cannot.</summary>
    public IExplainer? Explainer =>
        Reference is null ? scorer.Explainer : scorer.ExplainerBeside(encoder.Encode(Reference));

    /// <summary>The file that its scorer is, where that was made elsewhere; null where it was not.</summary>
    public BroughtFile? Brought => scorer.Brought;

    /// <summary>What is to be known of it beside its size.</summary>
    public IReadOnlyList<ModelNote> Notes => scorer.Notes;

    /// <summary>The same model, which is explained beside these rows.</summary>
    public ScoringModel Beside(Frame reference) => new(encoder, scorer, calibrator, saved) { Reference = reference };

    /// <summary>Writes into a graph how it scores rows; null where its encoder or scorer has no form there.</summary>
    /// <param name="typeOf">The type of a column in the dataset.</param>
    public GraphValue? Write(Graph graph, Func<string, ColumnType> typeOf)
    {
        if (EncoderGraph.Write(graph, encoder, typeOf) is not { } columns || scorer.Write(columns) is not { } scores)
        {
            return null;
        }

        scores = calibrator is null ? scores : CalibratorGraph.Write(calibrator, scores);
        return encoder.LabelMiddle is { } middle ? scores.Plus(middle) : scores;
    }

    /// <summary>Why it has no answer to a row, as the end of a sentence, which may quote the row; null where it cannot
    /// say.</summary>
    public string? WhyNone(Frame frame, int row) => scorer.WhyNone(encoder.Encode(frame, [row]), 0);

    /// <summary>Answers every row of a frame.</summary>
    public Scores Predict(Frame frame, int threads, CancellationToken cancel) =>
        Predict(encoder.Encode(frame), [.. Enumerable.Range(0, frame.Rows)], threads, cancel);

    /// <summary>Answers some of a frame's rows, in the order given; no others are encoded.</summary>
    public Scores Predict(Frame frame, int[] rows, int threads, CancellationToken cancel) =>
        Predict(encoder.Encode(frame, rows), [.. Enumerable.Range(0, rows.Length)], threads, cancel);

    /// <summary>Answers some of the rows, in the order given.</summary>
    public Scores Predict(EncodedRows rows, int[] order, int threads, CancellationToken cancel)
    {
        var width = scorer.Width;
        var scores = new double[order.Length * width];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(
            0,
            (order.Length + RowsAtOnce - 1) / RowsAtOnce,
            options,
            chunk =>
            {
                var first = chunk * RowsAtOnce;
                var count = Math.Min(RowsAtOnce, order.Length - first);
                var begin = Stopwatch.GetTimestamp();
                var some = scores.AsSpan(first * width, count * width);
                scorer.Score(rows, order.AsSpan(first, count), some);
                calibrator?.Apply(some);
                if (encoder.LabelMiddle is { } middle)
                {
                    foreach (ref var score in some)
                    {
                        score += middle;
                    }
                }

                Interlocked.Add(ref _answering, Stopwatch.GetTimestamp() - begin);
            }
        );
        return new Scores(scores, width);
    }
}
