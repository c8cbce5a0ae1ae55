namespace Lightloom.Channels;

/// <summary>What a leg lays into trays on the three parts of its way.</summary>
/// <param name="AtA">In the row at its A end, and on to the wall where it leaves the hall.</param>
/// <param name="Between">Between rows of one hall, or along one row.</param>
/// <param name="AtZ">In the row at its Z end, and on to the wall where it comes from another hall.</param>
internal readonly record struct TrayShare(TrayLoads.Load AtA, TrayLoads.Load Between, TrayLoads.Load AtZ)
{
    public static TrayShare operator *(in TrayShare share, int times) => new(share.AtA * times, share.Between * times, share.AtZ * times);

    public static TrayShare operator +(in TrayShare a, in TrayShare b) => new(a.AtA + b.AtA, a.Between + b.Between, a.AtZ + b.AtZ);
}
