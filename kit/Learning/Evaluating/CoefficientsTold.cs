using System.Globalization;
using Trainyard.Learning.Scoring;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>The coefficients of a model as a table: those first that make most difference.</summary>
internal static class CoefficientsTold
{
    private const int MostRows = 100;

    /// <summary>So many classes have a column of their own.</summary>
    private const int MostClasses = 8;

    /// <param name="unit">What scores count in.</param>
    /// <param name="classes">Those that have a score each; null where there is one score.</param>
    public static TableExhibit Of(Coefficients coefficients, string unit, IReadOnlyList<string>? classes)
    {
        var shown = Math.Min(coefficients.Intercept.Count, MostClasses);
        var each = coefficients.Each;
        return new()
        {
            Id = "coefficients",
            Section = Sections.Inputs,
            Title = coefficients.AreOfTexts ? "Coefficients of texts" : "Coefficients",
            Caption =
                (
                    coefficients.AreOfTexts
                        ? "What a linear model of texts adds up to a score of its own: the model reads what each text "
                            + "has in all. "
                        : $"What is added up to a score, which counts in {unit}: of a number for each unit that it has "
                            + "in the rows, of a level once. A number that is null counts as the mean, and its own "
                            + "coefficient is added. "
                )
                + (
                    each.Any(one => one.Kind == CoefficientKind.Word)
                        ? "Of a text it is what a word adds on the whole where it stands; only words that several rows "
                            + "have are named, and pieces of words count as well. "
                        : ""
                )
                + $"They were held small by l2 = {coefficients.Penalty.ToString("G4", CultureInfo.InvariantCulture)}."
                + Left("coefficients", each.Count, MostRows)
                + Left("classes", coefficients.Intercept.Count, MostClasses),
            Of = "Column",
            Columns =
            [
                .. Enumerable
                    .Range(0, shown)
                    .Select(place => new Axis(coefficients.Intercept.Count == 1 ? "Coefficient" : classes![place])),
            ],
            Rows =
            [
                new TableRow("intercept", Some(coefficients.Intercept)),
                .. each.OrderByDescending(one => one.Weight)
                    .Take(MostRows)
                    .Select(one => new TableRow(one.Column, Some(one.Values), NoteOf(one))),
            ],
        };

        double?[] Some(IReadOnlyList<double> values) => [.. values.Take(shown).Select(value => (double?)value)];
    }

    private static string? NoteOf(Coefficient one) =>
        one.Kind switch
        {
            CoefficientKind.Null => "null",
            CoefficientKind.Other => "rare levels",
            CoefficientKind.Level => $"'{one.Level}'",
            CoefficientKind.Word => $"the word '{one.Level}'",
            _ => null,
        };

    private static string Left(string what, int count, int most) =>
        count > most ? string.Create(CultureInfo.InvariantCulture, $" The first {most} of {count} {what}.") : "";
}
