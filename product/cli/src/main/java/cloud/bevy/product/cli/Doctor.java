package cloud.bevy.product.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Looks at everything a cloud needs of its machine.
@Command(
    name = "doctor",
    description = "Check what the cloud needs of this machine, and say how to mend what lacks.")
final class Doctor implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Override
  public Integer call() {
    List<Finding> findings = new Examination(common.world(), common.home()).findings();
    Map<String, Object> result = new LinkedHashMap<>();
    List<Object> rows = new ArrayList<>();
    findings.forEach(finding -> rows.add(finding.fields()));
    result.put("findings", rows);
    common.print(result, () -> findings.forEach(this::print));
    boolean broken = findings.stream().anyMatch(f -> f.state() == Finding.State.BROKEN);
    return broken ? ExitCode.LACKING : ExitCode.DONE;
  }

  private void print(Finding finding) {
    PrintWriter out = common.out();
    String mark =
        switch (finding.state()) {
          case GOOD -> "ok     ";
          case LACKING -> "lacking";
          case BROKEN -> "broken ";
        };
    out.println(mark + "  " + finding.what() + ": " + finding.detail());
    if (!finding.remedy().isEmpty()) {
      out.println("         " + finding.remedy());
    }
  }
}
