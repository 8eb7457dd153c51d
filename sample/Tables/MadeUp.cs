namespace Trainyard.Sample.Tables;

/// <summary>A sample that is one table, all made up: a command of its name fills it.</summary>
/// <param name="Name">Of the command and the table; <c>NAME.schema.sql</c> makes it.</param>
/// <param name="What">Its rows, in a few words.</param>
/// <param name="Days">How many there are unless somebody says.</param>
/// <param name="Start">The first of them, likewise.</param>
/// <param name="Edition">To be raised when the same plan gives other rows than before.</param>
/// <param name="Lines">The header and the rows of a plan, always the same ones.</param>
internal sealed record MadeUp(
    string Name,
    string What,
    int Days,
    string Start,
    int Edition,
    Func<MadeUpPlan, IEnumerable<string>> Lines
)
{
    public SampleSchema Schema => new([Name], $"{Name}_info", $"{Name}.schema.sql");
}

/// <summary>How much to make up, and from which seed.</summary>
internal sealed record MadeUpPlan(DateOnly Start, int Days, int Seed, int Edition)
{
    public override string ToString() =>
        $"generated: {Days} days from {Start:yyyy-MM-dd}, seed {Seed} (edition {Edition})";
}
