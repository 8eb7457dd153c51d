using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.Linear;

/// <summary>Coefficients in the units that columns have in the rows, and not in standard deviations.</summary>
internal static class RawCoefficients
{
    public static Coefficients Of(LinearModel model, Encoder encoder)
    {
        double[] intercept = [.. model.Intercept];
        var each = new List<Coefficient>();
        foreach (var (column, encoded) in model.Columns.Zip(encoder.Columns))
        {
            if (encoded.IsNumber)
            {
                var scale = encoded.Scale!;
                double[] slopes = [.. column.Weights[0].Select(weight => weight / scale.Deviation)];
                intercept = [.. intercept.Zip(slopes, (all, slope) => all - (slope * scale.Mean))];
                each.Add(new(column.Name, null, CoefficientKind.Number, slopes, WeightOf(column.Weights[0])));

                // Null counts as the mean, and this is added.
                each.Add(Of(null, CoefficientKind.Null, column.Weights[1]));
            }
            else if (encoded.Grams is not null)
            {
                each.Add(Of(null, CoefficientKind.Null, [.. column.Flat().Take(intercept.Length)]));
                each.AddRange((column.Words ?? []).Select(word => Of(word.Text, CoefficientKind.Word, word.Values)));
            }
            else
            {
                each.Add(Of(null, CoefficientKind.Null, column.Weights[EncodedColumn.Null]));
                each.Add(Of(null, CoefficientKind.Other, column.Weights[EncodedColumn.Other]));
                each.AddRange(
                    encoded.Levels.Select(
                        (level, place) =>
                            Of(level, CoefficientKind.Level, column.Weights[EncodedColumn.Other + 1 + place])
                    )
                );
            }

            Coefficient Of(string? level, CoefficientKind kind, IReadOnlyList<double> values) =>
                new(column.Name, level, kind, values, WeightOf(values));
        }

        return new(
            model.L2,
            [.. intercept.Select(all => all + (encoder.LabelMiddle ?? 0))],
            // What no row learned had has no coefficient.
            [.. each.Where(coefficient => coefficient.Weight > 0)]
        );
    }

    private static double WeightOf(IReadOnlyList<double> values) => values.Max(Math.Abs);
}
