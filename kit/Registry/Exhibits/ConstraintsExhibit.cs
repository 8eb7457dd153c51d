namespace Trainyard.Registry;

/// <summary>Whether answers follow the numbers that they were held to follow.</summary>
internal static class ConstraintsExhibit
{
    public static TableExhibit Of(IReadOnlyList<ConstraintTried> tried, AnswerWords words) =>
        new()
        {
            Id = "constraints",
            Section = Sections.Inputs,
            Title = "Do constraints hold?",
            Caption =
                "Each number was moved through its values on rows of the holdout, and all else left as it is: in how "
                + $"many rows the {words.Answer.Name} went the wrong way, and its mean at both ends.",
            Of = "Column",
            Columns =
            [
                new Axis("Rows tried", Unit.Count),
                new Axis("Wrong way", Unit.Count),
                new Axis("At its lowest"),
                new Axis("At its highest"),
            ],
            Rows =
            [
                .. tried.Select(each => new TableRow(
                    each.Column,
                    [each.Rows, each.Broken, each.AtLowest, each.AtHighest],
                    each.IsIncreasing ? "may only rise" : "may only fall"
                )),
            ],
        };
}
