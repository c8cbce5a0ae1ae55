namespace Lightloom.Floor;

/// <summary>A hall while the floor is being planned: what each rack position may take, and how far it is filled.</summary>
internal sealed class HallState
{
    public HallState(BuildingState building, int index, string name, int rows, int racksPerRow)
    {
        Building = building;
        Index = index;
        Name = name;
        Rows = rows;
        RacksPerRow = racksPerRow;
        Slots = new SlotUse[rows * racksPerRow];
        building.Halls.Add(this);
    }

    public BuildingState Building { get; }

    public int Index { get; }

    public string Name { get; }

    public int Rows { get; }

    public int RacksPerRow { get; }

    /// <summary>True when unused rows at the end are not built, because the file does not say how many there are.</summary>
    public bool Trims { get; init; }

    public bool IsOverflow { get; init; }

    /// <summary>Place of the first corner in the building, or null when the file leaves it open.</summary>
    public long? X { get; init; }

    public long? Y { get; init; }

    /// <summary>Milliwatts, or null for no limit.</summary>
    public long? PowerLimit { get; init; }

    public IReadOnlyList<int> Planes { get; init; } = [];

    /// <summary>Row by row.</summary>
    public SlotUse[] Slots { get; }

    public long UsedPower { get; set; }

    /// <summary>The row that is being filled.</summary>
    public int NextRow { get; set; }

    /// <summary>The position in it that comes next.</summary>
    public int NextPosition { get; set; }

    /// <summary>Rows in which a rack of the design stands, counted from the first row on.</summary>
    public int RowsInUse { get; private set; }

    public SlotUse this[int row, int position]
    {
        get => Slots[(row * RacksPerRow) + position];
        set => Slots[(row * RacksPerRow) + position] = value;
    }

    public bool HasPowerFor(long milliwatts) => PowerLimit is not { } limit || UsedPower + milliwatts <= limit;

    public bool CanTake(RackDraft rack, int row, int position)
    {
        if (position + rack.Span > RacksPerRow)
        {
            return false;
        }

        for (int i = 0; i < rack.Span; i++)
        {
            if (!rack.MayStandOn(this[row, position + i]))
            {
                return false;
            }
        }

        return true;
    }

    public void Put(RackDraft rack, int row, int position)
    {
        for (int i = 0; i < rack.Span; i++)
        {
            rack.IsFixed |= this[row, position + i] != SlotUse.Free;
            this[row, position + i] = SlotUse.Taken;
        }

        rack.Hall = this;
        rack.Row = row;
        rack.Position = position;
        UsedPower += rack.UsedPower;
        RowsInUse = Math.Max(RowsInUse, row + 1);
    }

    public void Remember(int row, int position)
    {
        NextRow = row;
        NextPosition = position;
    }
}
