using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>Answers with the number of a cluster, and how far its centre is. A row has a score for each cluster, the
/// distance from its centre.</summary>
internal sealed class ClusteringTask : ITask
{
    /// <summary>So many of the rows may be in another cluster by the fit that answers than by the measured
    /// one.</summary>
    private const double MostMoved = 0.3;

    public ModelTask Declaration => ModelTask.Clustering;

    public bool KeepsNames => true;

    public string? Alike(Labels labels) => null;

    public Targets TargetsOf(Definition definition, Labels labels, int[] rows) => new(labels.Values);

    public Tuned Tune(
        ModelSpec spec,
        ITraining training,
        Validated validated,
        Labels labels,
        CancellationToken cancel
    ) =>
        Tuned.Nothing with
        {
            Figures = Stability.Of(training, validated.Lesson, validated.Answer().Width, spec.Options.Seed, cancel)
                is { } stability
                ? new Dictionary<string, double> { [Stability.Name] = stability }
                : Tuned.Nothing.Figures,
        };

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var names = reading.Classes ?? ClusterNumbers.Plain(scores.Width);
        var numbers = ClusterNumbers.Parse(names);
        var chosen = NearestCentre.Of(scores);
        var distances = new double[chosen.Length];
        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = scores.Row(row)[chosen[row]];
        }

        return new()
        {
            Scores = scores,
            Reading = reading with { Classes = names },
            Ranking = distances,
            Explained = chosen,
            Classes = new ClassAnswers(
                chosen,
                (row, cluster) => chosen[row] == cluster ? 1 : 0,
                (one, other) => one == other ? 0 : 1
            ),
            Columns = [AnswerColumn.Integers(row => numbers[chosen[row]]), AnswerColumn.Numbers(distances)],
        };
    }

    /// <param name="scores">Distances; a row has as many as there are clusters.</param>
    public bool Write(Graph graph, GraphValue scores, Reading reading)
    {
        if (reading.Classes is not { } names)
        {
            return false;
        }

        var (nearest, numbers) = (scores.PlaceOfLeast(), ClusterNumbers.Parse(names));
        graph.Output(
            new("cluster", GraphType.Whole),
            nearest.In(new(GraphType.Whole, Array.ConvertAll(numbers, number => (long)number), [numbers.Length]))
        );
        graph.Output(new("distance", GraphType.Number), scores.At(nearest));
        return true;
    }

    public Constant? Baseline(Definition definition, Labels labels) => null;

    public string? WhyNoInterval(double[] labels) => null;

    public string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    /// <summary>How many rows are where the measured fit has them.</summary>
    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels) =>
        [
            new(
                "share of rows in the same cluster as by the measured fit",
                Unit.Share,
                answers => 1 - Moved.Of(answers, measured),
                1,
                MostMoved
            ),
        ];

    public string? WhyNotCompared(Answers answers, Answers others) =>
        answers.Scores.Width == others.Scores.Width
            ? null
            : $"It has {answers.Scores.Width} clusters and the champion {others.Scores.Width}, so the metric of the "
                + "two is not compared.";

    public IReadOnlyDictionary<string, double> Beside(Answers answers, Answers others) =>
        new Dictionary<string, double> { [Moved.Name] = Moved.Of(answers, others) };

    public IReadOnlyList<string> NamesOf(
        Scores scores,
        (Scores Scores, Reading Reading)? before,
        IReadOnlyCollection<string> taken
    ) =>
        ClusterNumbers.Of(
            NearestCentre.Of(scores),
            scores.Width,
            before is { } other ? (NearestCentre.Of(other.Scores), ClusterNumbers.Parse(other.Reading.Classes!)) : null,
            ClusterNumbers.Parse(taken)
        );

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout)
    {
        var told = ClustersTold.Of(holdout);
        return evaluation with { Exhibits = told.Exhibits(), Facts = [told.Fact()] };
    }

    public string? WhyNoMetric(Evaluation evaluation) => null;
}
