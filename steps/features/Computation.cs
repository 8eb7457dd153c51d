namespace Trainyard.Steps.Features;

/// <summary>Computes one column for the reader's current row. An instance serves one part, on one thread.</summary>
internal abstract class Computation
{
    public abstract void Write(Cell cell);
}
