s = f'''{x!r:>{width}}'''  # 汉字
