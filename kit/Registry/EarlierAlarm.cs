namespace Trainyard.Registry;

/// <summary>An alarm that an earlier measure run has told, and that still stood in the last one.</summary>
/// <param name="Run">The run with which it began.</param>
/// <param name="AsOf">Of that run.</param>
public sealed record EarlierAlarm(string Run, DateTimeOffset AsOf);
