@NullMarked
package cloud.bevy.hyper.bee;

import org.jspecify.annotations.NullMarked;
