namespace Trainyard.Sample.Flights.Generator;

/// <summary>A flight that is offered on many days, under one number and at one time.</summary>
internal sealed record FlightLine
{
    public required Airline Airline { get; init; }

    public required int Number { get; init; }

    public required Airport Origin { get; init; }

    public required Airport Dest { get; init; }

    public required int Distance { get; init; }

    /// <summary>The scheduled departure, in minutes after midnight.</summary>
    public required int Departs { get; init; }

    /// <summary>The scheduled time from gate to gate, in minutes.</summary>
    public required int Duration { get; init; }

    public required IReadOnlyList<Plane> Planes { get; init; }

    /// <summary>What airline, route, number and hour do to the log odds of being late, on every day alike.</summary>
    public required double Habit { get; init; }

    /// <summary>On a day with few flights the lines of the lowest rank fly.</summary>
    public required double Rank { get; init; }
}

/// <summary>An aircraft. <see cref="Year"/> and <see cref="Seats"/> are written to planes.csv where it is
/// registered.</summary>
internal sealed record Plane(string Tail, int Year, int Seats, bool IsRegistered);
