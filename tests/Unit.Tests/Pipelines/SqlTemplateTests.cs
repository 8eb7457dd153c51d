using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class SqlTemplateTests
{
    private static readonly Window Window = new(
        new(2013, 1, 1, 5, 0, 0, TimeSpan.Zero),
        new(2013, 6, 1, 4, 0, 0, 500, TimeSpan.Zero)
    );

    [Fact]
    public void Fill_writes_typed_literals() =>
        Assert.Equal(
            "SELECT * FROM t WHERE c > TIMESTAMPTZ '2013-01-01 05:00:00+00' AND c <= TIMESTAMPTZ '2013-06-01 "
                + "04:00:00.5+00' AND d > TIMESTAMPTZ '2013-01-01 05:00:00+00'",
            SqlTemplate.Fill("SELECT * FROM t WHERE c > {{ from }} AND c <= {{to}} AND d > {{from }}", Window)
        );

    [Fact]
    public void A_table_without_time_has_no_window() => Assert.Equal("SELECT 1", SqlTemplate.Fill("SELECT 1", null));
}
