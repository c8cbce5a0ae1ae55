namespace Lightloom.Verify.Reading;

/// <summary>Where an end of a cable or piece is: numbers of hall and rack among the names, row and unit as written.</summary>
internal readonly record struct Place(int Hall, int Row, int Rack, int Unit);
