using Lightloom.Studio.Storage;

namespace Lightloom.Studio.Tests.Storage;

/// <summary>Nothing outside of the project's folder is read or written, whatever a name says.</summary>
public sealed class ProjectFolderTest : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_leads_out_is_refused(string name)
    {
        ProjectFolder folder = new(_scratch["project"]);
        Should.Throw<UnauthorizedAccessException>(() => folder.Resolve(name));
        Should.Throw<UnauthorizedAccessException>(() => folder.Write(name, "x"));
    }

    [Fact]
    public void A_link_that_leads_out_is_refused_for_reading_and_writing()
    {
        File.WriteAllText(_scratch["secret.yaml"], "secret");
        Directory.CreateDirectory(_scratch["elsewhere"]);
        ProjectFolder folder = new(_scratch["project"]);
        File.CreateSymbolicLink(_scratch["project/link.yaml"], _scratch["secret.yaml"]);
        Directory.CreateSymbolicLink(_scratch["project/.lightloom"], _scratch["elsewhere"]);
        Should.Throw<UnauthorizedAccessException>(() => folder.Read("link.yaml"));
        Should.Throw<UnauthorizedAccessException>(() => folder.Write("link.yaml", "x"));
        Should.Throw<UnauthorizedAccessException>(() => folder.Write(".lightloom/versions/00001.yaml", "x"));
        Should.Throw<UnauthorizedAccessException>(() => folder.Kept);
        File.ReadAllText(_scratch["secret.yaml"]).ShouldBe("secret");
        Directory.EnumerateFileSystemEntries(_scratch["elsewhere"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_that_is_itself_behind_a_link_is_opened()
    {
        Directory.CreateDirectory(_scratch["real"]);
        Directory.CreateSymbolicLink(_scratch["link"], _scratch["real"]);
        ProjectFolder folder = new(_scratch["link"]);
        folder.Write("cluster.yaml", "lightloom: 1\n");
        File.ReadAllText(_scratch["real/cluster.yaml"]).ShouldBe("lightloom: 1\n");
    }

    [Fact]
    public void A_file_that_is_not_text_is_refused_with_words()
    {
        ProjectFolder folder = new(_scratch["project"]);
        File.WriteAllBytes(_scratch["project/cluster.yaml"], [0xff, 0xfe, 0x00]);
        Should.Throw<IOException>(() => folder.Read("cluster.yaml")).Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void The_one_cluster_file_of_a_folder_is_found_and_of_several_one_must_be_named()
    {
        Directory.CreateDirectory(_scratch["p"]);
        File.WriteAllText(_scratch["p/mine.yaml"], "");
        new ProjectFolder(_scratch["p"]).SpecName.ShouldBe("mine.yaml");
        File.WriteAllText(_scratch["p/other.yaml"], "");
        Should.Throw<IOException>(() => new ProjectFolder(_scratch["p"])).Message.ShouldContain("name one");
        new ProjectFolder(_scratch["p/other.yaml"]).SpecName.ShouldBe("other.yaml");
    }
}
