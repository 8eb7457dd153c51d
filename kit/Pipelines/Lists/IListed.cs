namespace Trainyard.Pipelines;

/// <summary>Something that a spec chooses by name out of a list: a task, a trainer, a metric.</summary>
/// <typeparam name="T">The kind itself.</typeparam>
public interface IListed<T>
    where T : class, IListed<T>
{
    /// <summary>The whole list, in the order in which people are shown it.</summary>
    static abstract IReadOnlyList<T> All { get; }

    /// <summary>How the spec, manifests and messages write it.</summary>
    string Name { get; }
}
