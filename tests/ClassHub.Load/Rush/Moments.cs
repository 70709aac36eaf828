namespace ClassHub.Load.Rush;

/// <summary>When a pupil opens Today and when they press "Hand in", in seconds from the start.</summary>
public sealed record Moments(double Opens, double HandsIn)
{
    /// <summary>Nine in ten come in the last six tenths of the window; each opens Today at any moment before.</summary>
    public static Moments[] Of(int pupils, double window)
    {
        var random = new Random(20261126);
        return [.. Enumerable.Range(0, pupils).Select(_ =>
        {
            var handsIn = window * (random.NextDouble() < 0.9 ? 0.4 + 0.6 * random.NextDouble() : 0.4 * random.NextDouble());
            return new Moments(handsIn * random.NextDouble(), handsIn);
        })];
    }
}
