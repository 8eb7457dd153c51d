namespace Trainyard.Warehouses;

/// <summary>What a run writes into the warehouse in one transaction, and whom to tell how far that is.</summary>
public abstract record WriteRequest
{
    /// <summary>Called with the number of rows written since it was last called.</summary>
    public Action<long>? Wrote { get; init; }

    /// <summary>Called with a sentence that says what stands from now on, where schema or table had to be changed in a
    /// transaction of their own, before anything else is written.</summary>
    public Action<string>? Prepared { get; init; }

    /// <summary>Called right before the commit: until then nobody sees anything, and until the call returns nobody
    /// knows whether it has come about.</summary>
    public Action? Committing { get; init; }
}
