namespace Trainyard.Tests.EndToEnd;

/// <summary>Which tests run when: those without a suite always.</summary>
internal static class Suites
{
    /// <summary>
    /// Faults at every moment, credentials that are worn out, what a team builds, the real year, variations that take
    /// long, and over PostgreSQL and S3 once more what has been tried over DuckDB and a folder: in CI and by
    /// <c>make test SUITES=all</c>.
    /// </summary>
    public const string Slow = "slow";
}
