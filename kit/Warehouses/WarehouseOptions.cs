using System.Collections;

namespace Trainyard.Warehouses;

/// <summary>How a warehouse is opened. All of it has a default.</summary>
public sealed record WarehouseOptions
{
    /// <summary>Who the database sees: step and run. <c>trainyard</c> by default.</summary>
    public string ApplicationName { get; init; } = "trainyard";

    /// <summary>After how long the database gives a query up (75); by default it has the time that it needs.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    /// <summary>Called with a sentence for a person where the database could do better. Nobody by default.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>The variables that PostgreSQL's own programs read (<c>PGHOST</c>, …); this process's by
    /// default.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
