door-votes = Votaciones
subject-vote = Votación
subject-vote-option = Opción de una votación

votes-title = Votaciones
votes-lead = Reparta el presupuesto de la ciudad y decida en consultas. Quién votó qué es secreto; cómo se cuenta, no.
front-votes-all = Todas las votaciones
votes-none = Aún no hay votaciones
votes-none-text = Cuando la ciudad prepare una votación, se anunciará primero aquí.
votes-opens = Abre el { $date }
votes-closes = Hasta el { $date }
votes-closed = { $date }
kind-budget = Presupuesto
kind-budget-detail = Varios proyectos con coste comparten un presupuesto.
kind-poll = Consulta
kind-poll-detail = Gana una o varias de las opciones.

phase-draft = Borrador
phase-announced = Anunciada
phase-open = Abierta
phase-counting = En recuento
phase-decided = Decidida
phase-undecided = Sin resultado
phase-withdrawn = Retirada
origin-imported = Esta votación se celebró en otro lugar. Sus papeletas proceden de un archivo publicado; el resultado se ha calculado aquí de nuevo.
origin-simulated = Estas papeletas son simuladas: las inventó un programa para mostrar cómo es una votación. Ninguna persona las emitió.
option-selected = Elegido
option-not-selected = No elegido

vote-won-budget = { $count ->
    [one] Se financia un proyecto
   *[other] Se financian { $count } proyectos
}
vote-won-poll = El resultado
vote-results = Ver por qué, proyecto a proyecto
vote-projects = { $count ->
    [one] Un proyecto
   *[other] { $count } proyectos
}
vote-options = { $count ->
    [one] Una opción
   *[other] { $count } opciones
}
vote-options-none = Aún no hay nada que elegir.
vote-from = De dónde viene
vote-aside = Participar
vote-turnout-title = Participación
vote-turnout = papeletas emitidas
vote-until = Puede votar hasta el { $date }.
vote-now = Votar ahora
vote-channels = Cómo llegaron las papeletas
vote-stands = En qué punto está
vote-rule = La regla
vote-rule-lead = Elegida antes de abrir la votación y en el registro público desde entonces. Nadie puede cambiarla después.
vote-ballots = Todas las papeletas
channel-online = En línea
channel-paper = En papel
channel-assisted = Con ayuda
standing-sign-in = Necesita una cuenta. Se le pedirá que entre.
standing-may = Todavía no ha votado.
standing-has = Ya ha votado. Gracias.
standing-code = Necesita el código que recibió.
standing-nobody = Solo pueden votar las personas con cuenta propia.
step-announced = Anunciada
step-announced-detail = La pregunta y la regla están en el registro
step-open = Abre
step-closed = Cierra
step-decided = Contada y explicada
step-decided-todo = Minutos después del cierre, o cuando se cuente el papel
fact-budget = Presupuesto
fact-voters = Quién puede votar
fact-roll = En el censo
fact-ballot = La papeleta
fact-rule = Cómo se cuenta
fact-ties = Empates
voters-residents = Todas las personas con cuenta
voters-roll = Personas en el censo de esta votación
voters-codes = Quien tenga un código entregado por la ciudad
ballot-one = Elija una opción.
ballot-approval = { $number ->
    [one] Elija una opción.
   *[other] Elija hasta { $number }.
}
ballot-cart = Elija cuantos quepan juntos en el presupuesto.
ballot-ranking = Ordene hasta { $number }, primero lo mejor.
ballot-points = Reparta { $number } puntos en total.
ballot-score = Dé a cada opción una puntuación de 0 a { $number }.
ballot-grades = Dé a cada opción una nota. Sin nota cuenta como la peor.
method-equal-shares = Partes iguales: cada votante recibe la misma parte del dinero
method-most-votes = Primero los más votados
method-greedy = Primero la mayor satisfacción por el dinero
method-phragmen = Regla de Phragmén
method-plurality = Más votos
method-approval = Más aprobaciones
method-score = Mayor suma de puntuaciones
method-majority-judgment = Juicio mayoritario: la mejor nota central
method-transferable = Voto transferible: los más débiles caen ronda a ronda
method-schulze = Método de Schulze: se comparan todas las parejas
gain-cost = un proyecto cuenta por su coste
gain-cardinality = todos los proyectos cuentan igual
gain-points = un proyecto cuenta por sus puntos
gain-borda = un proyecto cuenta por su puesto
completion-add1u = lo que queda va a otros proyectos
completion-add1 = las partes crecen hasta usar el presupuesto
completion-greedy = lo que queda va por satisfacción por el dinero
completion-none = lo que queda no se gasta
seats-many = se eligen { $count }
ties-cost-votes-file = El más barato, luego el más votado, luego el orden de la papeleta
ties-votes-cost-file = El más votado, luego el más barato, luego el orden de la papeleta
ties-file = El orden de la papeleta
ties-order = Las rondas anteriores, si las hay, y luego el orden de la papeleta

secret-title = Qué es secreto y qué no
secret-apart = Que alguien votó y qué se votó se guardan por separado. Su papeleta se sella antes de guardarse, con una llave que no está en la base de datos. Ninguna hora, número ni orden une ambas cosas.
secret-results = Nadie ve resultados antes del cierre. Las papeletas selladas no se cuentan antes.
secret-after = Tras el cierre, todas las papeletas se abren a la vez, se mezclan y se publican. Después se destruye la llave y, con ella, quién votó.
secret-server = Mientras vota, el ordenador de la ciudad ve su papeleta un instante. Quien controlara ese ordenador y su llave durante la votación podría leerla. Las papeletas selladas en su propio navegador llegarán más adelante.
secret-receipt = Su resguardo encuentra su papeleta entre las publicadas. Quien lo vea puede saber qué votó: guárdelo para usted.
secret-final = La papeleta es definitiva: para cambiarla tendríamos que saber cuál es la suya.

grade-0 = Excelente
grade-1 = Muy bien
grade-2 = Bien
grade-3 = Aceptable
grade-4 = Mal
grade-5 = A rechazar
ballot-title = Su papeleta
ballot-code = Su código
ballot-code-hint = Dieciséis letras y cifras de la carta que recibió. Sirve una vez.
ballot-legend = Su elección
ballot-check = Revisar mi papeleta
ballot-leave = Salir sin votar
ballot-no-value = Sin respuesta
ballot-chosen = Elegido
cart-budget = El presupuesto es
cart-spent = Ha elegido por
cart-left = Le queda por gastar:
cart-over = Se pasa en:
cart-plain = En la página siguiente verá cuánto cuesta su elección en total.
points-all = Puntos para repartir:
points-given = Puntos dados
points-left = Puntos que quedan
points-over = Puntos de más:
points-plain = En la página siguiente verá cuántos ha dado.
check-title = Revise su papeleta
check-lead = Esto es lo que va a emitir.
check-final = La papeleta es definitiva. No podrá cambiarla ni retirarla.
check-cast = Emitir mi papeleta
check-again = Cambiarla
receipt-title = Su papeleta está en la urna
receipt-lead = Su resguardo:
receipt-what = Para qué sirve el resguardo
receipt-once = Lo mostramos una vez y no lo guardamos en ningún sitio salvo en su papeleta sellada. Anótelo si quiere comprobarla.
receipt-find = Tras el recuento (la votación cierra el { $date }), búsquelo entre las papeletas publicadas: esa es la suya, tal como se contó.
receipt-proof = Quien vea su resguardo también puede encontrar su papeleta. No lo muestre a nadie que pueda presionarle.
receipt-back = Volver a la votación

ballots-title = Papeletas publicadas
ballots-lead = Cada papeleta tal como se contó, por orden de los resguardos, que se sacaron a suertes.
ballots-receipt = Resguardo
ballots-find = Buscar
ballots-not-found = Ninguna papeleta tiene este resguardo. Revise cada letra; si aun así no está, avise a la ciudad: que falte una papeleta es grave.
ballots-says = Papeleta
ballots-file = El archivo de papeletas

results-title = Resultado
results-lead-budget = { $count ->
    [one] Se financia { $count } de { $all } proyectos
   *[other] Se financian { $count } de { $all } proyectos
} por { $spent } de { $budget }. { $ballots ->
    [one] Se contó { $voters } papeleta.
   *[other] Se contaron { $voters } papeletas.
}
results-lead-poll = { $winners }. { $ballots ->
    [one] Se contó { $voters } papeleta.
   *[other] Se contaron { $voters } papeletas.
}
results-by = Contado con esta regla, fijada antes de abrir la votación:
results-money = Adónde va el dinero
results-money-desc = El presupuesto en partes, una por cada proyecto financiado
results-further = Otros proyectos financiados
results-left = Sin gastar
results-each = Proyecto a proyecto
results-each-poll = Cómo le fue a cada opción
results-option = Opción
results-cost = Coste
results-votes = Votos
results-fate = Qué fue de ello y por qué
results-by-order = Algunas opciones empataron y decidió el orden de la papeleta, como dice la regla.
results-rounds = Ronda a ronda
results-what-if = ¿Y si se contara con otra regla?
results-what-if-lead = Las mismas papeletas con otras reglas. Un punto significa que el proyecto se financiaría.
results-compare = Si hubieran ido primero sin más los más votados, los votantes sin ninguno de sus proyectos financiado serían { $there }. Con la regla de esta votación son { $here }.
results-rule = Regla
results-spent = Gastado
results-nothing = Votantes sin ninguno de sus proyectos
results-average = Proyectos financiados por votante
results-ours = La regla de esta votación
results-check = Compruébelo usted
results-find = Encuentre su papeleta por su resguardo
results-outcome = El resultado con cada paso (JSON)
results-recount = Recuéntelo en su navegador, con un segundo programa
results-command = O cuente el archivo con nuestra orden:
results-certificate = Contado el { $date }. El resultado está certificado en el registro público con estas huellas (SHA-256).
results-record = Ver el registro
results-outcome-hash = Resultado
results-ballots-hash = Papeletas
results-steps = El recuento paso a paso (en inglés)
why-chosen = Era el siguiente según la regla y había dinero suficiente.
why-completed = Se financió con dinero que sobró de las partes.
why-free = No cuesta nada y alguien lo apoya.
why-mandatory = Había que financiarlo.
why-tied = Estaba empatado con otro; decidió la regla de empates.
why-paid-one = Su única persona votante lo pagó con su parte.
why-paid = Sus { $supporters } votantes lo pagaron con sus partes: { $each } cada uno.
why-paid-rest = Sus { $supporters } votantes lo pagaron con sus partes: { $full } de ellos { $each } cada uno, { $rest } dieron lo que les quedaba.
lost-no-support = Nadie lo votó.
lost-threshold = Obtuvo { $has } votos; hacían falta { $needs }.
lost-fit = Cuando le tocó quedaban { $left }: faltaban { $missing }.
lost-fit-needed = Con { $needed } votos habría pasado delante de «{ $other }» y se habría financiado.
lost-not-reached = El recuento acabó antes de su turno; quedaban { $left }.
lost-pay = A sus votantes les quedaban { $had } de sus partes en total; faltaban { $missing }. { $more ->
    [one] Con una persona más
   *[other] Con { $more } votantes más
} habría bastado.
lost-stopped = La regla acabó antes del turno de sus votantes.
lost-other = Según la regla, otra selección iba delante.

saying-vote-published = Se anunció una votación, con su pregunta y su regla
saying-vote-changed = Se cambió una votación antes de abrirse
saying-vote-withdrawn = Se retiró una votación antes de abrirse
saying-vote-codes-made = Se hicieron códigos para votar: { $codes }
saying-vote-roll-added = Se pusieron { $added } personas en el censo de una votación
saying-vote-paper-given = Se entregó una papeleta en papel
saying-vote-sheet-entered = Se introdujo la hoja { $sheet }
saying-vote-paper-finished = Se han introducido todas las papeletas en papel
saying-vote-closed = El reloj cerró una votación; habían votado { $voted }
saying-vote-decided = Se decidió una votación. Papeletas: { $ballots }
saying-vote-undecided = Se contó una votación sin resultado
saying-vote-imported = Se incorporó una votación pasada. Papeletas: { $ballots }

refusal-vote-cast = Ya ha votado. Cada persona vota una vez; su papeleta está en la urna.
refusal-vote-closed = Esta votación está cerrada. Ya no se puede emitir ninguna papeleta.
refusal-vote-not-open = Esta votación aún no está abierta.
refusal-vote-withdrawn = Esta votación se retiró.
refusal-vote-undecided = La regla no dio ningún resultado con estas papeletas.
refusal-vote-not-on-roll = No está en el censo de esta votación. Si cree que debería estarlo, pregunte a la ciudad antes del cierre.
refusal-vote-code = Escriba su código: dieciséis letras y cifras, como en su carta.
refusal-vote-code-unknown = Este código no está en el censo de esta votación. Revise cada letra.
refusal-ballot-empty = Elija al menos una opción.
refusal-ballot-most = Elija { $most } como máximo.
refusal-ballot-over-budget = Su elección cuesta más que el presupuesto. Quite algo.
refusal-ballot-points = Ha dado { $given } puntos; hay { $most }.
refusal-ballot-ranks = Use cada puesto una vez: 1, 2, 3, etc., sin huecos.
refusal-ballot-beyond = Use números de 0 a { $most }.
refusal-ballot-number = Use números enteros.
refusal-ballot-twice = La misma opción está dos veces en la papeleta.
refusal-ballot-unknown = La papeleta nombra algo que no figura en ella. Vuelva a cargar la página.

vote-areas = El presupuesto, distrito por distrito
fact-age = Edad mínima
fact-age-value = { $age } años el día en que cierra la votación
fact-lives = Vive en
fact-areas = Dónde se vota
votes-in-own = En toda la ciudad, y en el distrito donde se vive según la lista
votes-in-chosen = { $most ->
    [one] En toda la ciudad, y en un distrito a elección
   *[other] En toda la ciudad, y en hasta { $most } distritos a elección
}
area-town = Toda la ciudad
ballot-where = ¿Dónde quiere votar?
ballot-districts-how = { $most ->
    [one] Cada distrito tiene su propia suma. Elija un distrito; todos votan lo que es para toda la ciudad.
   *[other] Cada distrito tiene su propia suma. Elija hasta { $most } distritos; todos votan lo que es para toda la ciudad.
}
ballot-districts-own = Cada distrito tiene su propia suma. Elija el distrito para el que le dieron el código.
ballot-town-only = Solo lo que es para toda la ciudad
ballot-go-on = Seguir a la papeleta
ballot-elsewhere = Votar en otro distrito
ballot-each-area = Esto vale para cada zona por separado.
ballot-nothing-here = En este distrito no hay nada que votar.
results-areas = Distrito por distrito
results-areas-lead = Cada zona se contó por separado: su suma, sus proyectos y los votos que nombran al menos uno.
results-areas-check = Cada zona tiene su archivo de votos, su resultado con cada paso y un recuento en su navegador: ábrala arriba.
results-ballots = Votos
results-funded = Financiado
results-of = { $count } de { $all }

retention-voting-rolls = Listas de votaciones que nunca se abrieron o no se pudieron contar, desde el día en que la votación se empezó o se cerró. Todas las demás se borran con el recuento.
saying-vote-roll-emptied = La lista de una votación se vació antes de abrirla
refusal-vote-age = Según la lista es demasiado joven para esta votación: hay que tener { $age } años el día en que cierra. Si la lista se equivoca, pregunte a la ciudad antes del cierre.
refusal-vote-residence = Esta votación es para quienes viven en ciertos distritos, y según su lista usted vive en otro. Si la lista se equivoca, pregunte a la ciudad antes del cierre.
refusal-ballot-district = Usted vota en el distrito donde vive. Quite lo que es para otros distritos.
refusal-ballot-districts = Elija en { $most ->
    [one] un distrito
   *[other] { $most } distritos
} como máximo, además de toda la ciudad.
refusal-ballot-districts-choose = Elija un distrito de esta votación.
saying-vote-import-undone = La importación de una votación pasada se deshizo
vote-calendar = En su calendario (.ics)
votes-calendar = Calendario de votaciones (.ics)
vote-calendar-open = Votación: { $title }
vote-calendar-close = Última hora para votar: { $title }
saying-vote-clerk-named = Se nombró a { $clerk } para introducir papeletas en papel
saying-vote-clerk-ended = { $clerk } ya no introduce papeletas en papel
saying-vote-mark-taken-back = Dos personas de la mesa retiraron la marca de un votante en papel
saying-vote-sheet-struck = Dos personas tacharon una hoja introducida por error
secret-paper = Lo que dice una hoja de papel se sella del mismo modo en cuanto alguien la introduce; quien la introduce ve la hoja en sus manos. A su lado se guardan hasta el recuento su número, quién la introdujo y de qué modo llegó. Qué votantes se marcaron y qué hojas se introdujeron consta en el registro público solo en números, al final.
vote-not-counted = { $channel }: { $marked } emitidas, { $counted } contadas. { $blank } en blanco, { $spoilt } nulas, { $missing } no estaban en la urna.
refusal-vote-cast-paper = Consta que usted votó en papel. Si no se le dio papeleta, avise al ayuntamiento antes del cierre: otra persona puede retirar la marca.
option-hidden = Oculto por moderación
