using System.Globalization;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Churn;

/// <summary>Subscribers of an online service, what they do there, and when they leave.</summary>
internal static class ChurnSample
{
    public static MadeUp Of { get; } =
        new(
            "churn",
            "subscribers of an online service, their visits and complaints",
            Days: 540,
            "2024-07-01",
            new MadeUpSize("subscribers", 1000),
            Edition: 1,
            [
                new MadeUpTable("subscribers", Subscribers),
                new MadeUpTable("visits", Visits),
                new MadeUpTable("complaints", Complaints),
            ]
        );

    private static IEnumerable<string> Subscribers(MadeUpPlan plan) =>
        Lives(plan)
            .Select(each =>
                $"{each.Id},{Instants.Of(plan.Start, each.Joined)},{each.Plan},{each.Country},"
                + $"{(each.Cancelled is { } day ? Instants.Of(plan.Start, day) : "")}"
            )
            .Prepend("subscriber_id,joined_at,plan,country,cancelled_at");

    private static IEnumerable<string> Visits(MadeUpPlan plan) =>
        Lives(plan)
            .SelectMany(each =>
                each.Visits.Select(visit =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{each.Id},{Instants.Of(plan.Start, visit.Day)},{visit.Minutes:0.0},"
                            + $"{Instants.Of(plan.Start, visit.Received)}"
                    )
                )
            )
            .Prepend("subscriber_id,visited_at,minutes,received_at");

    private static IEnumerable<string> Complaints(MadeUpPlan plan) =>
        Lives(plan)
            .SelectMany(each => each.Complaints.Select(day => $"{each.Id},{Instants.Of(plan.Start, day)}"))
            .Prepend("subscriber_id,opened_at");

    /// <summary>Each has chances of its own, so all tables tell of the same lives.</summary>
    private static IEnumerable<Subscriber> Lives(MadeUpPlan plan) =>
        Enumerable.Range(1, plan.Size).Select(id => new SubscriberLife(plan, id).Live());
}
