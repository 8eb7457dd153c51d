namespace Trainyard.Sample.Churn;

/// <summary>What came of one subscription. Days are counted from the first that is made up, with their part.</summary>
/// <param name="Joined">Below zero where it began before.</param>
/// <param name="Cancelled">Null where it outlasts the days that are made up.</param>
/// <param name="Complaints">The day of each.</param>
internal sealed record Subscriber(
    int Id,
    double Joined,
    string Plan,
    string? Country,
    double? Cancelled,
    IReadOnlyList<Visit> Visits,
    IReadOnlyList<double> Complaints
);

/// <param name="Received">When the service heard of it: with an app that is offline, days later.</param>
internal sealed record Visit(double Day, double Minutes, double Received);
