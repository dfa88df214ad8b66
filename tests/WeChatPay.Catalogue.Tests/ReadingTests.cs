namespace WeChatPay.Catalogue.Tests;

public sealed class ReadingTests
{
    [Theory]
    [MemberData(nameof(SpecCatalogue.Paths), MemberType = typeof(SpecCatalogue))]
    public void A_file_reads_without_any_diagnostic(string path)
        => Assert.Empty(SpecCatalogue.File(path).Result.Diagnostics.Select(d => d.ToString()));

    [Theory]
    [MemberData(nameof(SpecCatalogue.Paths), MemberType = typeof(SpecCatalogue))]
    public void A_file_declares_an_operation_or_a_notification_or_a_shared_shape(string path)
    {
        var model = SpecCatalogue.File(path).Model;
        Assert.True(model.Operations.Count + model.Notifications.Count + model.SharedShapes.Count > 0);
    }

    [Fact]
    public void No_two_files_declare_the_same_operation_or_notification()
    {
        var keys = SpecCatalogue.Operations.Select(o => o.Key).Concat(SpecCatalogue.Notifications.Select(n => n.Key)).ToList();
        Assert.NotEmpty(keys);
        Assert.Empty(keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>The guide to the catalogue lies among the specs of whoever copies the folder; it must not declare anything.</summary>
    [Fact]
    public void The_guide_is_no_spec()
    {
        var guide = CatalogueFile.Load("specs/README.md");
        Assert.Empty(guide.Result.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(0, guide.Model.Operations.Count + guide.Model.Notifications.Count + guide.Model.SharedShapes.Count);
    }
}
