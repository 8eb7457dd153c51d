using System.Diagnostics;
using Microsoft.ML;
using Trainyard.Models.Data;
using Trainyard.Models.Encoding;
using Trainyard.Models.Training;
using Trainyard.Pipelines;

namespace Trainyard.Models.Scoring;

/// <summary>A model that answers: encoder, trees and calibrator.</summary>
public sealed class ScoringModel
{
    private const int RowsAtOnce = 4096;

    private readonly ITransformer _chain;
    private readonly string _answer;

    /// <summary>The same answers in a fraction of the time; null where Microsoft.ML must give them.</summary>
    private readonly FlatModel? _flat;

    /// <summary>In the clock's own ticks, over all threads.</summary>
    private long _answering;

    private ScoringModel(ITransformer chain, byte[] zip, Encoder encoder, ModelTask task)
    {
        (_chain, Zip, Encoder) = (chain, zip, encoder);
        _answer = task == ModelTask.Binary ? "Probability" : "Score";
        _flat = FlatModel.TryMake(chain) is { } flat && IsEqual(flat) ? flat : null;
    }

    /// <summary>The bytes of <c>model.zip</c>.</summary>
    public ReadOnlyMemory<byte> Zip { get; }

    public Encoder Encoder { get; }

    /// <summary>How long threads have been answering, added up: trees and calibrator alone.</summary>
    public TimeSpan ThreadTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _answering));

    /// <summary>Whether flat trees answer in Microsoft.ML's place.</summary>
    internal bool IsFlat => _flat is not null;

    /// <summary>Loads a model whose bytes have been checked: a model file is code as far as trust goes.</summary>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static ScoringModel Load(byte[] zip, Encoder encoder, ModelTask task, string name)
    {
        using var session = new MlSession();
        try
        {
            return new ScoringModel(session.Context.Model.Load(new MemoryStream(zip), out _), zip, encoder, task);
        }
        catch (Exception broken)
            when (broken
                    is FormatException
                        or InvalidOperationException
                        or InvalidDataException
                        or NotSupportedException
            )
        {
            throw Fault.BadConfiguration(
                $"{name} cannot be loaded by this version of Trainyard, whose Microsoft.ML is "
                    + $"{typeof(MLContext).Assembly.GetName().Version}: {broken.Message.Split('\n')[0]} Score with "
                    + "the version that trained it, or train again. Nothing was changed.",
                broken
            );
        }
    }

    /// <summary>Answers every row of a frame: probabilities, or values.</summary>
    public double[] Predict(Frame frame, int threads, CancellationToken cancel) =>
        Predict(Encoder.Encode(frame), [.. Enumerable.Range(0, frame.Rows)], threads, cancel);

    /// <summary>Answers some of the rows, in the order given.</summary>
    public double[] Predict(EncodedRows rows, int[] order, int threads, CancellationToken cancel)
    {
        var answers = new double[order.Length];
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
                if (_flat is not null)
                {
                    _flat.Answer(rows, order.AsSpan(first, count), answers.AsSpan(first, count));
                }
                else
                {
                    AnswerByChain(rows, order[first..(first + count)], answers.AsSpan(first, count));
                }

                if (Encoder.LabelMiddle is { } middle)
                {
                    foreach (ref var answer in answers.AsSpan(first, count))
                    {
                        answer += middle;
                    }
                }

                Interlocked.Add(ref _answering, Stopwatch.GetTimestamp() - begin);
            }
        );
        return answers;
    }

    /// <summary>Whether the answers are Microsoft.ML's, bit for bit.</summary>
    private bool IsEqual(FlatModel flat)
    {
        var probes = flat.Probes(Encoder.Columns.Count);
        int[] order = [.. Enumerable.Range(0, probes.Count)];
        var (answers, expected) = (new double[order.Length], new double[order.Length]);
        flat.Answer(probes, order, answers);
        AnswerByChain(probes, order, expected);
        return answers.AsSpan().SequenceEqual(expected);
    }

    private void AnswerByChain(EncodedRows rows, int[] order, Span<double> answers)
    {
        var scored = _chain.Transform(new RowsView(Encoder, rows, order, null));
        var column = scored.Schema[_answer];
        using var cursor = scored.GetRowCursor([column]);
        var get = cursor.GetGetter<float>(column);
        for (var (i, answer) = (0, 0f); cursor.MoveNext(); i++)
        {
            get(ref answer);
            answers[i] = answer;
        }
    }
}
