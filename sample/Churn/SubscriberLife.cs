using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Churn;

/// <summary>
/// Makes up one subscription, week by week. Interest comes and goes slowly; who loses it visits less for some weeks,
/// and then leaves. So do those who have just complained, who have just begun, and more of all in January.
/// </summary>
internal sealed class SubscriberLife(MadeUpPlan plan, int id)
{
    /// <summary>How many subscribe before the first day that is made up, for up to so many days.</summary>
    private const double Before = 0.5;
    private const double DaysBefore = 700;

    private const double NotAsked = 0.08;
    private const double Offline = 0.12;

    private static readonly string[] Plans = ["basic", "plus", "pro"];
    private static readonly double[] PlanShares = [0.5, 0.35, 0.15];
    private static readonly double[] PlanRisks = [0.4, 0, -0.7];
    private static readonly string[] Countries = ["DE", "FR", "IT", "PL"];

    private readonly Chance _chance = new(plan.Seed, id);
    private readonly List<Visit> _visits = [];
    private readonly List<double> _complaints = [];

    public Subscriber Live()
    {
        var joined = _chance.Is(Before) ? -DaysBefore * _chance.Uniform() : plan.Days * _chance.Uniform();
        var kind = _chance.Pick([0, 1, 2], PlanShares);
        var country = _chance.Is(NotAsked) ? null : _chance.Pick(Countries);
        var visitsAWeek = 3 * Math.Exp(_chance.Normal(0, 0.3));
        var (interest, anger, cancelled) = (_chance.Normal(0.3, 0.5), 0.0, (double?)null);
        for (var day = Math.Max(joined, 0); day < plan.Days && cancelled is null; day += 7)
        {
            interest = (0.96 * interest) + _chance.Normal(0, 0.25);
            anger *= 0.6;
            if (_chance.Is(0.03))
            {
                anger += 1;
                _complaints.Add(day + (7 * _chance.Uniform()));
            }

            var risk = -5.5 - (2 * interest) + (1.8 * anger) + PlanRisks[kind];
            risk += day - joined < 60 ? 0.8 : 0;
            risk += plan.Start.AddDays((int)day).Month == 1 ? 0.6 : 0;
            cancelled = _chance.Is(1 / (1 + Math.Exp(-risk))) ? day + (7 * _chance.Uniform()) : null;
            Visit(day, visitsAWeek * Math.Exp(interest - (0.4 * anger)));
        }

        cancelled = cancelled < plan.Days ? cancelled : null;
        var last = cancelled ?? plan.Days;
        return new Subscriber(
            id,
            joined,
            Plans[kind],
            country,
            cancelled,
            [.. _visits.Where(visit => visit.Day < last)],
            [.. _complaints.Where(day => day < last)]
        );
    }

    private void Visit(double week, double expected)
    {
        for (var left = _chance.Poisson(expected); left > 0; left--)
        {
            var day = week + (7 * _chance.Uniform());
            var delay = _chance.Is(Offline) ? _chance.Exponential(2) : 0.001;
            _visits.Add(new Visit(day, 1 + _chance.Exponential(12), day + delay));
        }
    }
}
