using WeChatPay.Tool.Tests.Support;

namespace WeChatPay.Tool.Tests.Commands;

public sealed class CheckTests
{
    [Fact]
    public void The_catalogue_is_clean()
    {
        var command = Command.Run("spec", "check", Places.Catalogue, "--warnaserror");
        Assert.Equal("", command.Error);
        Assert.Matches(@"\A\d+ files, \d+ operations, \d+ notifications: 0 errors, 0 warnings\n\z", command.Output);
        Assert.Equal(0, command.ExitCode);
    }

    [Fact]
    public void An_error_is_printed_as_the_compiler_does_and_ends_with_1()
    {
        using var folder = new SpecFolder().Add("openapi/v3/sample.md", SpecFolder.Post("V3.Sample", "export interface JsonDataRequest {\n  name string\n}"));
        var command = Command.Run("spec", "check", folder.Path);
        Assert.StartsWith(folder.Combine("openapi/v3/sample.md").Replace('\\', '/') + "(11,8): error WXP0001: ", command.Lines[0], StringComparison.Ordinal);
        Assert.Equal(1, command.ExitCode);
    }

    [Fact]
    public void A_warning_ends_with_0_unless_warnings_are_errors()
    {
        using var folder = new SpecFolder().Add("openapi/v3/other/place.md", SpecFolder.Post("V3.Sample"));
        var lenient = Command.Run("spec", "check", folder.Path);
        Assert.Contains(": warning WXP", lenient.Output, StringComparison.Ordinal);
        Assert.Equal(0, lenient.ExitCode);

        var strict = Command.Run("spec", "check", folder.Path, "--warnaserror");
        Assert.Contains(": error WXP", strict.Output, StringComparison.Ordinal);
        Assert.Contains("1 error, 0 warnings", strict.Output, StringComparison.Ordinal);
        Assert.Equal(1, strict.ExitCode);

        Assert.Single(Command.Run("spec", "check", folder.Path, "--severity", "error").Lines);
    }

    [Fact]
    public void Two_files_with_one_operation_are_reported_at_both_places()
    {
        using var folder = new SpecFolder()
            .Add("a/openapi/v3/sample.md", SpecFolder.Post("V3.Sample"))
            .Add("b/openapi/v3/sample.md", SpecFolder.Post("V3.Sample"));
        var lines = Command.Run("spec", "check", folder.Path).Lines;
        Assert.Contains("a/openapi/v3/sample.md(9,11): warning WXP0111: POST /v3/sample is declared also at ", lines[0], StringComparison.Ordinal);
        Assert.Contains("this one is used", lines[0], StringComparison.Ordinal);
        Assert.Contains("b/openapi/v3/sample.md(9,11): warning WXP0111: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("this one yields no code", lines[1], StringComparison.Ordinal);
        Assert.Contains("2 files, 1 operation, ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_shape_that_no_file_declares_is_an_error()
    {
        using var folder = new SpecFolder()
            .Add("openapi/v3/sample.md", SpecFolder.Post("V3.Sample", "export interface JsonDataRequest { store?: WeChatPay.Models.Store }"));
        var missing = Command.Run("spec", "check", folder.Path);
        Assert.Contains(": error WXP0115: POST /v3/sample names WeChatPay.Models.Store", missing.Output, StringComparison.Ordinal);
        Assert.Equal(1, missing.ExitCode);

        folder.Add("models/Store.md", "namespace WeChatPay.Models { export interface Store { id?: string } }", "# Store");
        Assert.Equal(0, Command.Run("spec", "check", folder.Path).ExitCode);
    }

    [Fact]
    public void A_shared_shape_that_is_used_as_it_is_not_meant_is_an_error()
    {
        using var folder = new SpecFolder()
            .Add("models/Store.md", "namespace WeChatPay.Models { /** @received */ export interface Store { id?: string } }", "# Store")
            .Add("openapi/v3/sample.md", SpecFolder.Post("V3.Sample", "export interface JsonDataRequest { store?: WeChatPay.Models.Store }"));
        var check = Command.Run("spec", "check", folder.Path);
        Assert.Contains(": error WXP0116: POST /v3/sample uses WeChatPay.Models.Store, which is @received only, in a request; no code", check.Output, StringComparison.Ordinal);
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public void Bases_in_a_circle_are_an_error()
    {
        using var folder = new SpecFolder().Add(
            "models/Egg.md",
            "namespace WeChatPay.Models { /** @base */ export interface Egg extends WeChatPay.Models.Hen { a?: string } /** @base */ export interface Hen extends WeChatPay.Models.Egg { b?: string } }",
            "# Egg");
        var check = Command.Run("spec", "check", folder.Path);
        Assert.Contains(": error WXP0116: model Egg uses WeChatPay.Models.Egg, which extends itself; no code", check.Output, StringComparison.Ordinal);
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public void A_path_that_is_not_there_ends_with_2()
    {
        var command = Command.Run("spec", "check", "no-such-folder");
        Assert.Equal("wechatpay: there is no file or folder 'no-such-folder'\n", command.Error);
        Assert.Equal("", command.Output);
        Assert.Equal(2, command.ExitCode);
    }

    [Theory]
    [InlineData("spec")]
    [InlineData("spec", "check", "--no-such-option")]
    [InlineData("spec", "check", "--severity", "loud")]
    [InlineData("spec", "export", "--format", "swagger")]
    public void Wrong_arguments_end_with_2_and_print_nothing_as_a_result(params string[] arguments)
    {
        var command = Command.Run(arguments);
        Assert.Equal(2, command.ExitCode);
        Assert.Equal("", command.Output);
        Assert.NotEqual("", command.Error);
    }

    [Fact]
    public void Files_without_a_spec_and_hidden_folders_add_nothing()
    {
        using var folder = new SpecFolder()
            .AddText("README.md", "# Not a spec\n")
            .Add(".hidden/openapi/v3/sample.md", SpecFolder.Post("V3.Sample"))
            .Add("obj/openapi/v3/sample.md", SpecFolder.Post("V3.Sample"));
        Assert.Equal("1 file, 0 operations, 0 notifications: 0 errors, 0 warnings\n", Command.Run("spec", "check", folder.Path).Output);
    }
}
