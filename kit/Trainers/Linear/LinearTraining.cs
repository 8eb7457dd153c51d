using System.Globalization;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>Fits under one penalty after the other, from the largest on, each from where the last one ended, until
/// validation has not gained by it for a while. The size of a model is how many steps that took.</summary>
internal sealed class LinearTraining(LinearOptions options) : ITraining
{
    private const double FirstPenalty = 1e4;
    private const int StepsOfTen = 2;
    private const int MostSteps = 15;
    private const int StepsInVain = 4;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        lesson.DemandDifferentLabels();
        var problem = new Problem(lesson, cancel);
        return lesson is { Size: null, Validation: { } validation }
            ? Pick(problem, lesson, validation, progress)
            : Fit(problem, lesson.Size ?? MostSteps, progress);
    }

    public void Dispose() { }

    private Fitted Fit(Problem problem, int size, IProgress<string>? progress)
    {
        var penalty = PenaltyOf(size);
        progress?.Report(Text($"l2 {penalty:G4}"));
        var weights = Newton.Minimize(problem, problem.Start(), penalty, problem.Enough);
        return new Fitted(size, problem.ScorerOf(weights, penalty));
    }

    private Fitted Pick(Problem problem, Lesson lesson, int[] validation, IProgress<string>? progress)
    {
        var steps = options.L2 is null ? MostSteps : 1;
        var watched = new Watched(lesson, validation);
        var weights = problem.Start();
        (int Size, double[] Weights)? best = null;
        var least = double.PositiveInfinity;
        for (var size = 1; size <= steps && size <= (best?.Size ?? size) + StepsInVain; size++)
        {
            weights = Newton.Minimize(problem, weights, PenaltyOf(size), problem.EnoughToChoose);
            var loss = watched.Of(problem.ScorerOf(weights, PenaltyOf(size)));
            progress?.Report(
                (steps == 1 ? "" : Text($"{size} of at most {steps} steps, "))
                    + Text($"l2 {PenaltyOf(size):G4}, {watched.Title} {loss:G5} on validation")
            );
            if (best is null || loss < least)
            {
                (best, least) = ((size, weights), loss);
            }
        }

        // What answers is solved to its last digits; to tell penalties apart fewer will do.
        var (picked, near) = best!.Value;
        weights = Newton.Minimize(problem, near, PenaltyOf(picked), problem.Enough);
        return new Fitted(picked, problem.ScorerOf(weights, PenaltyOf(picked)));
    }

    private double PenaltyOf(int size) => options.L2 ?? FirstPenalty * Math.Pow(10, (1.0 - size) / StepsOfTen);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
