namespace Trainyard.Tests.Pipelines;

/// <summary>What is wrong with the file of a query.</summary>
public sealed class QueryMistakeTests
{
    [Theory]
    [InlineData(
        "SELECT 1\nWHERE day > {{ form }}\n  AND day <= {{ to }}",
        "rows.sql:1:1: the placeholder {{ from }} is missing: the query returns the rows with {{ from }} < "
            + "cutoff <= {{ to }}.",
        "rows.sql:2:13: there is no placeholder 'form'. Did you mean 'from'? The placeholders are {{ from }} "
            + "and {{ to }}."
    )]
    [InlineData(
        "SELECT {{ from }}",
        "rows.sql:1:1: the placeholder {{ to }} is missing: the query returns the rows with {{ from }} < "
            + "cutoff <= {{ to }}."
    )]
    public void Placeholders_of_the_query(string sql, params string[] messages)
    {
        using var folder = new SpecFolder(rows: sql);
        Assert.Equal(messages, folder.Mistakes());
    }

    [Fact]
    public void A_query_that_is_not_there_has_a_nearest_one()
    {
        using var folder = new SpecFolder(rows: null);
        folder.Write("row.sql", SpecFolder.Rows);
        Assert.Equal(
            ["pipeline.yaml:4:13: the SQL file 'rows.sql' is not there. Did you mean 'row.sql'?"],
            folder.Mistakes()
        );
    }
}
