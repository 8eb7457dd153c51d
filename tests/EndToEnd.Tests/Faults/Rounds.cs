namespace Trainyard.Tests.EndToEnd;

/// <summary>How often a fault is tried: a few times in every test run, many times by <c>make torture</c>.</summary>
internal static class Rounds
{
    public static bool IsTorture => Environment.GetEnvironmentVariable("TRAINYARD_TORTURE") == "true";

    public static int Of(int few, int many) => IsTorture ? many : few;
}
