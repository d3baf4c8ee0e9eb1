@NullMarked
package cloud.bevy.hyper.drive;

import org.jspecify.annotations.NullMarked;
