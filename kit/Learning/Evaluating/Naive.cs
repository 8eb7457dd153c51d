using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Evaluating;

/// <summary>What the baseline answers for each row of the holdout.</summary>
internal static class Naive
{
    /// <summary>The same answer for so many rows.</summary>
    public static Answers Constant(
        ITask task,
        ModelSpec spec,
        Constant constant,
        int rows,
        IReadOnlyList<string>? asked
    ) =>
        task.Answer(
            spec,
            new Scores(
                [.. Enumerable.Repeat(constant.Scores.Values, rows).SelectMany(row => row)],
                constant.Scores.Width
            ),
            constant.Reading,
            asked
        );

    /// <param name="constant">What it answers for every row; for rows alone of which a forecast says nothing, where
    /// there is one.</param>
    public static Answers Of(ITask task, Definition definition, Constant constant, Frame frame, Split split)
    {
        if (frame.Forecasts.Length == 0)
        {
            return Constant(task, definition.Model, constant, split.Holdout.Length, frame.Labels.Classes);
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
