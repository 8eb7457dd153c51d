namespace Trainyard.Sample.Tables;

/// <summary>A sample that is all made up: a command of its name fills its tables.</summary>
/// <param name="Name">Of the command; <c>NAME.schema.sql</c> makes the tables.</param>
/// <param name="What">Its rows, in a few words.</param>
/// <param name="Days">How many there are unless somebody says.</param>
/// <param name="Start">The first of them, likewise.</param>
/// <param name="Size">What else there is more or less of; null where the days alone say it.</param>
/// <param name="Edition">To be raised when the same plan gives other rows than before.</param>
/// <param name="Tables">What is filled, a table after those that its keys name.</param>
internal sealed record MadeUp(
    string Name,
    string What,
    int Days,
    string Start,
    MadeUpSize? Size,
    int Edition,
    IReadOnlyList<MadeUpTable> Tables
)
{
    public SampleSchema Schema => new([.. Tables.Select(table => table.Name)], $"{Name}_info", $"{Name}.schema.sql");
}

/// <summary>One table of a sample.</summary>
/// <param name="Lines">The header and the rows of a plan, always the same ones.</param>
internal sealed record MadeUpTable(string Name, Func<MadeUpPlan, IEnumerable<string>> Lines);

/// <summary>What a sample may have more of than usual.</summary>
/// <param name="Of">In one word, which is the name of the setting too: customers.</param>
/// <param name="Usual">How many there are unless somebody says.</param>
internal sealed record MadeUpSize(string Of, int Usual);

/// <summary>How much to make up, and from which seed.</summary>
/// <param name="Size">How many of what <see cref="MadeUpSize.Of"/> says; 1 where nothing does.</param>
internal sealed record MadeUpPlan(DateOnly Start, int Days, int Size, string? SizeOf, int Seed, int Edition)
{
    public override string ToString() =>
        $"generated: {Days} days from {Start:yyyy-MM-dd}, {(SizeOf is null ? "" : $"{Size} {SizeOf}, ")}"
        + $"seed {Seed} (edition {Edition})";
}
