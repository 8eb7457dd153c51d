namespace Trainyard.Learning.Calibrating;

/// <summary>Learns a calibrator by the shares of positives: the map that never falls and comes nearest to
/// them.</summary>
public static class Isotonic
{
    /// <summary>
    /// Learns with one positive more at the lowest probability and one negative more at the highest. Without them a
    /// range in which validation happens to have no positive gets the probability 0, and the first that comes there
    /// later makes the log loss worse than that of a constant.
    /// </summary>
    /// <param name="isPositive">By the places of the probabilities.</param>
    public static Calibrator Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive)
    {
        var sorted = probabilities.ToArray();
        var positives = isPositive.ToArray();
        Array.Sort(sorted, positives);
        var blocks = new Stack<Block>();
        for (var (first, end) = (0, 0); first < sorted.Length; first = end)
        {
            // Rows of one probability get one answer, so they count together.
            var probability = sorted[first];
            var (count, among) = (first == 0 ? 1.0 : 0, first == 0 ? 1.0 : 0);
            for (; end < sorted.Length && sorted[end] == probability; end++)
            {
                (count, among) = (count + (positives[end] ? 1 : 0), among + 1);
            }

            Add(new Block(probability, probability, count, end == sorted.Length ? among + 1 : among));
        }

        return new Calibrator
        {
            Steps = [.. blocks.Reverse().Select(block => new CalibratorStep(block.Low, block.High, block.Share))],
        };

        // What would make the map fall is answered alike (pool adjacent violators).
        void Add(Block block)
        {
            while (blocks.TryPeek(out var last) && last.Share >= block.Share)
            {
                blocks.Pop();
                block = new Block(last.Low, block.High, last.Positives + block.Positives, last.Rows + block.Rows);
            }

            blocks.Push(block);
        }
    }

    private readonly record struct Block(double Low, double High, double Positives, double Rows)
    {
        public double Share => Positives / Rows;
    }
}
