using Trainyard.Datasets;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>Every class of a row with its probability, likeliest first.</summary>
internal static class ClassRows
{
    public static AnswerTable Of(IReadOnlyList<string> classes, Scores probabilities) =>
        new(row =>
            Enumerable
                .Range(0, classes.Count)
                .OrderByDescending(code => probabilities.Row(row)[code])
                .Select(code =>
                    (Action<DatasetWriter>)(
                        writer =>
                        {
                            writer.Text(classes[code]);
                            writer.Number(probabilities.Row(row)[code]);
                        }
                    )
                )
        );
}
