using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Evaluating;

/// <summary>What the baseline answers for each row of the holdout.</summary>
internal static class Naive
{
    /// <param name="constant">What it answers for every row; for rows alone of which a forecast says nothing, where
    /// there is one.</param>
    public static Answers Of(ITask task, Definition definition, Constant constant, Frame frame, Split split)
    {
        if (frame.Forecasts.Length == 0)
        {
            return task.Answer(
                definition.Model,
                new Scores(
                    [.. Enumerable.Repeat(constant.Scores.Values, split.Holdout.Length).SelectMany(row => row)],
                    constant.Scores.Width
                ),
                constant.Reading,
                frame.Labels.Classes
            );
        }

        return task.Forecast(
            definition,
            Array.ConvertAll(split.Holdout, ForecastOf),
            Array.ConvertAll(split.Learned, row => frame.Labels[row] - ForecastOf(row))
        );

        double ForecastOf(int row) =>
            double.IsNaN(frame.Forecasts[row]) ? constant.Scores.Values[0] : frame.Forecasts[row];
    }
}
