using Trainyard.Datasets;
using Trainyard.Hosting;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Explains the highest answers of the parts that were scored, in a second pass over those that have
/// some.</summary>
internal sealed class Explaining
{
    private readonly StepContext _context;
    private readonly ScoreInputs _inputs;
    private readonly RunModel _model;
    private readonly ReasonsSpec _spec;
    private readonly DatasetInfo _extracted;
    private readonly Reasons _reasons;

    private Explaining(
        StepContext context,
        ScoreInputs inputs,
        RunModel model,
        ReasonsSpec spec,
        IExplainer explainer,
        DatasetInfo extracted
    )
    {
        string[] columns = [.. model.Model.Encoder.Columns.Select(column => column.Name)];
        (_context, _inputs, _model, _spec, _extracted) = (context, inputs, model, spec, extracted);
        _reasons = new Reasons(
            explainer,
            RawFeature.Of(inputs.Card.Definition.Features, columns),
            columns.Length,
            context.Threads
        );
    }

    /// <summary>Null where no reasons are asked for, or the model has none.</summary>
    public static Explaining? For(StepContext context, ScoreInputs inputs, RunModel model) =>
        context.File.Operations.Predictions.Reasons is { } spec
        && model.Model.Explainer is { } explainer
        && inputs.Extract.Value.Dataset is { } extracted
            ? new Explaining(context, inputs, model, spec, explainer, extracted)
            : null;

    /// <summary>How many rows of a run are explained.</summary>
    public static long CountOf(ReasonsSpec spec, DatasetInfo features) =>
        (long)decimal.Ceiling((decimal)spec.Of.Value * features.Rows);

    /// <summary>Of the file of a part's reasons.</summary>
    public static string NameOf(StepContext context, int number) =>
        $"{ReasonColumns.Stem}-{context.NewPartName(number)}";

    /// <param name="parts">Those that this process has scored, in their order.</param>
    /// <param name="answered">By part and row: what rows are ordered by, and which of their raw scores is
    /// explained.</param>
    /// <returns>The parts with their reasons.</returns>
    public async Task<IReadOnlyList<ScoredPart>> RunAsync(
        IReadOnlyList<ScoredPart> parts,
        IReadOnlyList<(double[] Ranking, int[]? Explained)> answered,
        CancellationToken cancel
    )
    {
        var count = CountOf(_spec, _inputs.Columns.Features);
        var isWhole = count >= _inputs.Columns.Features.Rows;
        IReadOnlyList<int[]> chosen = isWhole
            ? [.. answered.Select(part => Enumerable.Range(0, part.Ranking.Length).ToArray())]
            : HighestRows.Of([.. answered.Select(part => part.Ranking)], count);
        var explained = new ScoredPart[parts.Count];
        _context.Progress.Start("Explaining the highest answers", chosen.Sum(rows => rows.Length));
        await Parallel.ForAsync(
            0,
            parts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = _context.Threads, CancellationToken = cancel },
            async (i, stop) =>
                explained[i] = parts[i] with
                {
                    Reasons =
                        chosen[i].Length == 0
                            ? null
                            : await ExplainAsync(parts[i].Number, chosen[i], answered[i], isWhole, stop),
                }
        );
        return explained;
    }

    private async Task<ExplainedPart> ExplainAsync(
        int number,
        int[] rows,
        (double[] Ranking, int[]? Explained) answered,
        bool isWhole,
        CancellationToken cancel
    )
    {
        var (run, columns) = (_context.Run, _inputs.Columns);
        var (features, extract) = (columns.Features.Parts[number], _extracted.Parts[number]);
        ReadPart part;
        await using (var stream = await run.OpenPartAsync(StepName.Features, features, cancel))
        {
            part = ReadPart.Of(
                stream,
                run.Store.UriOf(run.NameOf(StepName.Features, features.File)),
                columns,
                _model.Model.Encoder,
                _context.File.AsOf,
                cancel
            );
        }

        var name = NameOf(_context, number);
        await using var target = await _context.CreatePartAsync(name, cancel);
        List<int> counts;
        await using (var stream = await run.OpenPartAsync(StepName.Extract, extract, cancel))
        {
            var uri = run.Store.UriOf(run.NameOf(StepName.Extract, extract.File));
            using var raw = new RawRows(stream, uri, _extracted.Columns, part.Frame);
            counts = Write(target, part, raw, rows, answered.Explained, cancel);
            raw.End();
        }

        var stored = await target.CompleteAsync(cancel);
        _context.Progress.AddRows(rows.Length);
        _context.Progress.AddBytesIn(features.Bytes + extract.Bytes);
        _context.Progress.AddBytesOut(stored.Bytes);
        return new ExplainedPart
        {
            Part = new DatasetPart(name, counts.Sum(), stored.Bytes, stored.Sha256),
            Rankings = isWhole ? null : Array.ConvertAll(rows, row => answered.Ranking[row]),
            Counts = isWhole ? null : counts,
        };
    }

    /// <returns>How many reasons each row has.</returns>
    private List<int> Write(
        StoreWriter target,
        ReadPart part,
        RawRows raw,
        int[] rows,
        int[]? explained,
        CancellationToken cancel
    )
    {
        var counts = new List<int>(rows.Length);
        using var writer = new DatasetWriter(target, _inputs.Columns.ReasonParts);
        var encoded = _model.Model.Encoder.Encode(part.Frame);
        Func<int, int>? scoreOf = explained is null ? null : row => explained[row];
        foreach (var reasons in _reasons.Of(encoded, rows, _spec.Top, cancel, scoreOf))
        {
            var row = rows[counts.Count];
            raw.MoveTo(row);
            counts.Add(reasons.Count);
            foreach (var reason in reasons)
            {
                part.WriteKey(writer, row);
                writer.Instant(part.CutoffOf(row));
                writer.Integer(reason.Rank);
                writer.Text(reason.Feature.Name);
                writer.Text(raw.Of(reason.Feature));
                writer.Number(reason.Contribution);
                writer.EndRecord();
            }
        }

        return counts;
    }
}
