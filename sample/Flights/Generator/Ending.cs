using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

internal enum Fate
{
    Landed,
    Diverted,
    Cancelled,

    /// <summary>Cancelled so early that no schedule was kept.</summary>
    CancelledUnscheduled,
}

/// <summary>How a flight ended; the delays, in minutes, count only where it landed.</summary>
internal readonly record struct Ending(Fate Fate, int DepartureDelay, int ArrivalDelay)
{
    private const int LateFrom = 30;
    private const double CancelledOnTheDay = 0.006;
    private const double DivertedShare = 0.003;

    public bool IsLate => ArrivalDelay >= LateFrom;

    /// <summary>
    /// Draws an ending. Cancelling depends only on what was known at midnight, so those that land are a fair sample of
    /// their odds, and the best AUC is exact.
    /// </summary>
    public static Ending Draw(double lateProbability, double cancelledAhead, Chance chance)
    {
        if (chance.Is(cancelledAhead))
        {
            return new Ending(Fate.CancelledUnscheduled, 0, 0);
        }

        if (chance.Is(CancelledOnTheDay))
        {
            return new Ending(Fate.Cancelled, 0, 0);
        }

        var arrival = chance.Is(lateProbability)
            ? LateFrom + Math.Min(1200, (int)chance.Exponential(chance.Is(0.03) ? 240 : 48))
            : Math.Clamp((int)Math.Round(chance.Normal(-6, 14)), -60, LateFrom - 1);
        var departure = Math.Max(-15, arrival + (int)Math.Round(chance.Normal(4, 8)));
        return new Ending(chance.Is(DivertedShare) ? Fate.Diverted : Fate.Landed, departure, arrival);
    }
}
