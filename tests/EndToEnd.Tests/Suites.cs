namespace Trainyard.Tests.EndToEnd;

/// <summary>Which tests run when: those without a suite always.</summary>
internal static class Suites
{
    /// <summary>Faults at every moment, what a team builds, and the real year: in CI and by <c>make test SUITES=all</c>.</summary>
    public const string Slow = "slow";
}
