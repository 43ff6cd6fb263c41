// Without semicolons, as some write
var shapes = { count: 0 }
document.addEventListener('DOMContentLoaded', function () {
  shapes.count++
})
